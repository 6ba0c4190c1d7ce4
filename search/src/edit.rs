//! How many slips of the keyboard lie between two words: letters more, less or other, and neighbors exchanged.

/// Letters of a word that is compared, at most.
const LONGEST: usize = 40;

/// Slips that a word is forgiven: one from four letters on, two from eight.
pub fn forgiven(word: &str) -> usize {
    let letters = word.chars().count();
    let plain = word.chars().all(|c| c.is_alphabetic() || c == '\'');
    match letters {
        _ if !plain || letters > LONGEST => 0,
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The slips between `typed` and `term`, or with `prefix` between `typed` and the beginning of `term` that is nearest;
/// `None` if they are more than `limit`. Exchanged neighbors count as one (the "optimal string alignment" distance).
pub fn slips(typed: &[char], term: &str, prefix: bool, limit: usize) -> Option<usize> {
    let n = typed.len();
    // What is much longer or shorter cannot be near; letters have at most four bytes.
    if n > LONGEST || term.len() + limit < n || !prefix && term.len() > 4 * (n + limit) {
        return None;
    }
    let mut rows = [[0_usize; LONGEST + 1]; 3];
    for (idx, cell) in rows[1].iter_mut().enumerate().take(n + 1) {
        *cell = idx;
    }
    let mut best = n;
    let mut last = '\0';
    for (idx, c) in term.chars().enumerate() {
        let [older, old, new] = &mut rows;
        new[0] = idx + 1;
        for col in 1..=n {
            let change = old[col - 1] + usize::from(typed[col - 1] != c);
            let mut least = change.min(old[col] + 1).min(new[col - 1] + 1);
            if col > 1 && typed[col - 1] == last && typed[col - 2] == c && idx > 0 {
                least = least.min(older[col - 2] + 1);
            }
            new[col] = least;
        }
        best = if prefix { best.min(new[n]) } else { new[n] };
        if new[..=n].iter().all(|it| *it > limit) {
            break;
        }
        last = c;
        rows.rotate_left(1);
    }
    (best <= limit).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::{forgiven, slips};

    fn check(typed: &str, term: &str, prefix: bool) -> Option<usize> {
        let typed: Vec<char> = typed.chars().collect();
        slips(&typed, term, prefix, 2)
    }

    #[test]
    fn slips_are_counted() {
        for (typed, term, n) in [
            ("replica", "replica", Some(0)),
            ("relpica", "replica", Some(1)),
            ("replca", "replica", Some(1)),
            ("repllica", "replica", Some(1)),
            ("teplica", "replica", Some(1)),
            ("replicatoin", "replication", Some(1)),
            ("consistant", "consistent", Some(1)),
            ("konsistant", "consistent", Some(2)),
            ("leader", "follower", None),
            ("größe", "grösse", Some(2)),
            ("", "ab", Some(2)),
            ("abcd", "a", None),
        ] {
            assert_eq!(check(typed, term, false), n, "{typed} {term}");
            assert_eq!(check(term, typed, false), n, "{term} {typed}");
        }
    }

    #[test]
    fn a_word_that_is_being_typed_is_near_the_beginning_of_others() {
        assert_eq!(check("consis", "consistent", true), Some(0));
        assert_eq!(check("conssis", "consistent", true), Some(1));
        assert_eq!(check("conssis", "consistent", false), None);
        assert_eq!(check("xyz", "consistent", true), None);
    }

    #[test]
    fn short_words_numbers_and_names_are_taken_at_their_word() {
        assert_eq!(
            ["raf", "raft", "gossip", "replicas", "sha256", "a::b", "数据库表"].map(forgiven),
            [0, 1, 1, 2, 0, 0, 1]
        );
        assert_eq!(forgiven(&"a".repeat(41)), 0);
    }
}
