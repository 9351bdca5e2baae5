//! What was read once stays what it was, for as long as the run lasts.
//!
//! Comes in: a path and how to read it. Goes out: what was read the first time. Must not forget.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Answers by path.
#[derive(Debug)]
pub(super) struct Memory<T>(Mutex<BTreeMap<String, T>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Memory<T> {
    /// The answer for a path, which is found out when it is asked for the first time.
    pub(super) fn once(&self, path: &str, find_out: impl FnOnce() -> T) -> T {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known.get(path) {
            return answer.clone();
        }
        let answer = find_out();
        known.insert(path.to_owned(), answer.clone());
        answer
    }

    /// True when something is true of every answer.
    pub(super) fn holds(&self, is_true: impl Fn(&str, &T) -> bool) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().all(|(path, answer)| is_true(path, answer))
    }
}
