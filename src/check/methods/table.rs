//! Two groups and an event that people have or have not: the fourfold table, and its ratios.

/// Events and people of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Table {
    /// Events in the first group.
    pub x1: f64,
    /// People in the first group.
    pub n1: f64,
    /// Events in the second group.
    pub x2: f64,
    /// People in the second group.
    pub n2: f64,
}

impl Table {
    /// Ratio of the shares of people with the event.
    pub fn risk_ratio(self) -> f64 {
        (self.x1 / self.n1) / (self.x2 / self.n2)
    }

    /// Ratio of the odds of the event, of the sample.
    pub fn odds_ratio(self) -> f64 {
        (self.x1 * (self.n2 - self.x2)) / (self.x2 * (self.n1 - self.x1))
    }

    /// The same groups and the people without the event.
    #[must_use]
    pub fn complement(self) -> Self {
        Self { x1: self.n1 - self.x1, x2: self.n2 - self.x2, ..self }
    }

    /// Whether the numbers can be those of a table with an event and a non-event.
    pub fn is_sound(self) -> bool {
        let events = self.x1 + self.x2;
        self.x1 <= self.n1
            && self.x2 <= self.n2
            && self.n1 > 0.0
            && self.n2 > 0.0
            && events > 0.0
            && events < self.n1 + self.n2
    }
}
