//! The TeX mathematics that abstracts hold: Greek letters and signs, as the characters that they print.
//!
//! Accents and text commands are the biblatex crate's business; it leaves what stands between dollar signs as it is.

/// Commands and the characters that they print.
const COMMANDS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("geqslant", "≥"),
    ("leq", "≤"),
    ("le", "≤"),
    ("leqslant", "≤"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("pm", "±"),
    ("mp", "∓"),
    ("times", "×"),
    ("cdot", "·"),
    ("approx", "≈"),
    ("sim", "~"),
    ("simeq", "≃"),
    ("equiv", "≡"),
    ("infty", "∞"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("uparrow", "↑"),
    ("downarrow", "↓"),
    ("circ", "°"),
    ("degree", "°"),
    ("lt", "<"),
    ("gt", ">"),
    ("less", "<"),
    ("textless", "<"),
    ("textgreater", ">"),
    ("prime", "′"),
];
/// Commands that only set type; what they enclose stays.
const TYPE: &[&str] = &[
    "mathrm",
    "mathit",
    "mathbf",
    "mathsf",
    "mathcal",
    "text",
    "textrm",
    "textit",
    "rm",
    "it",
    "bf",
    "operatorname",
    "left",
    "right",
];

/// The characters that a formula prints; none where it holds more than signs and letters, or is a sum of money.
pub(super) fn formula(math: &str) -> Option<String> {
    if math.trim() != math && !math.contains('\\') {
        return None;
    }
    let mut out = String::new();
    let mut rest = math;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' | '}' | '^' | '_' => {}
            '\\' => {
                let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (name, behind) = rest.split_at(length);
                rest = behind;
                match COMMANDS.iter().find(|(known, _)| *known == name) {
                    Some((_, printed)) => out.push_str(printed),
                    None if TYPE.contains(&name) => {}
                    None if name.is_empty() => {
                        let sign = rest.chars().next()?;
                        rest = &rest[sign.len_utf8()..];
                        out.push(if matches!(sign, ',' | ';' | ' ' | ':' | '!') { ' ' } else { sign });
                    }
                    None => return None,
                }
                if !name.is_empty() {
                    rest = rest.strip_prefix(' ').unwrap_or(rest);
                }
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::formula;

    #[test]
    fn signs_and_letters_are_printed_and_the_rest_is_left() {
        for (math, printed) in
            [(r"\beta", "β"), (r"p \leq 0.05", "p ≤0.05"), (r"10^{9}", "109"), (r"\mathrm{IC}_{50}", "IC50")]
        {
            assert_eq!(formula(math).as_deref(), Some(printed));
        }
        for other in [r"\frac{1}{2}", "5 and "] {
            assert_eq!(formula(other), None);
        }
    }
}
