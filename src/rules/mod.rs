//! SHIM, replaced on merge: the names of the rules stage that the command line uses.

/// What was wrong with a rule pack, rendered.
#[derive(Debug)]
pub struct RuleErrors(Vec<String>);

impl RuleErrors {
    pub(crate) fn unreadable(dir: &std::path::Path) -> Self {
        Self(vec![format!("{}: no such folder", dir.display())])
    }
}

impl std::fmt::Display for RuleErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for RuleErrors {}
