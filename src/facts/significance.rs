//! Whether a difference is more than chance, at the 5 % level.
//!
//! Comes in: shares with their number of respondents, or counts. Goes out: a verdict. Only `+ − × ÷ √` are used, so every machine gives the same.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What can be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Significantly lower.
    Fell,
    /// Significantly higher.
    Rose,
    /// Tested, and not more than chance.
    Level,
    /// Not tested: the uncertainty is not known.
    Untested,
}

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_985;

/// Two-proportion z-test with pooled variance (Agresti, *Categorical Data Analysis*, 3rd ed., section 3.1); shares in per cent.
pub fn of_shares(old: Decimal, old_n: Decimal, new: Decimal, new_n: Decimal) -> Verdict {
    let numbers = [old, old_n, new, new_n].map(|number| number.to_f64());
    let [Some(old), Some(old_n), Some(new), Some(new_n)] = numbers else {
        return Verdict::Untested;
    };
    if old_n < 1.0 || new_n < 1.0 {
        return Verdict::Untested;
    }
    let (p, q) = (old / 100.0, new / 100.0);
    let pooled = (p * old_n + q * new_n) / (old_n + new_n);
    let error = (pooled * (1.0 - pooled) * (1.0 / old_n + 1.0 / new_n)).sqrt();
    if error <= 0.0 {
        return Verdict::Level;
    }
    direction((q - p) / error > Z, (q - p) / error < -Z)
}

/// Exact conditional test of two Poisson counts over equal periods (Przyborowski and Wilenski 1940):
/// given the total, the new count is binomial with probability one half.
pub fn of_counts(old: Decimal, new: Decimal) -> Verdict {
    let (Some(old), Some(new)) = (old.to_u32(), new.to_u32()) else {
        return Verdict::Untested;
    };
    let total = old + new;
    if total == 0 {
        return Verdict::Level;
    }
    if total > 1000 {
        return large_counts(f64::from(old), f64::from(new));
    }
    let p = (2.0 * binomial_tail(total, old.min(new))).min(1.0);
    direction(p < 0.05 && new > old, p < 0.05 && new < old)
}

/// The normal approximation, which above a thousand events differs from the exact test by less than it rounds.
fn large_counts(old: f64, new: f64) -> Verdict {
    let z = (new - old) / (new + old).sqrt();
    direction(z > Z, z < -Z)
}

/// P(X ≤ k) for X binomial with n trials of probability one half.
fn binomial_tail(n: u32, k: u32) -> f64 {
    let mut term = 1.0;
    for _ in 0..n {
        term /= 2.0;
    }
    let mut tail = term;
    for i in 0..k {
        term = term * f64::from(n - i) / f64::from(i + 1);
        tail += term;
    }
    tail
}

fn direction(rose: bool, fell: bool) -> Verdict {
    match (rose, fell) {
        (true, _) => Verdict::Rose,
        (_, true) => Verdict::Fell,
        _ => Verdict::Level,
    }
}

/// Half the width of the 95 % interval of a share in percentage points (normal approximation), to one decimal.
pub fn margin(share: Decimal, n: Decimal) -> Option<Decimal> {
    let (p, n) = (share.to_f64()? / 100.0, n.to_f64()?);
    if n < 1.0 || !(0.0..=1.0).contains(&p) {
        return None;
    }
    let half = 100.0 * Z * (p * (1.0 - p) / n).sqrt();
    Decimal::from_f64_retain(half).map(|half| {
        half.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: u32) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn four_points_of_250_answers_are_chance() {
        let verdict = of_shares(number(20), number(250), number(16), number(250));
        assert_eq!(verdict, Verdict::Level);
        let verdict = of_shares(number(33), number(250), number(20), number(250));
        assert_eq!(verdict, Verdict::Fell);
    }

    #[test]
    fn margins_are_those_of_the_textbook() {
        assert_eq!(
            margin(number(20), number(250))
                .map(|m| m.to_string())
                .as_deref(),
            Some("5.0")
        );
        assert_eq!(
            margin(number(33), number(250))
                .map(|m| m.to_string())
                .as_deref(),
            Some("5.8")
        );
        assert_eq!(margin(number(20), number(0)), None);
    }

    #[test]
    fn small_counts_seldom_differ() {
        assert_eq!(of_counts(number(6), number(9)), Verdict::Level);
        assert_eq!(of_counts(number(30), number(10)), Verdict::Fell);
        assert_eq!(of_counts(number(5), number(20)), Verdict::Rose);
        assert_eq!(of_counts(number(0), number(0)), Verdict::Level);
        assert_eq!(of_counts(number(900), number(1100)), Verdict::Rose);
    }
}
