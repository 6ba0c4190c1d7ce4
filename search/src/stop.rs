//! Words that stand in every section and tell none apart. They are looked for in titles and headings only, and a section
//! need not have them.

const ENGLISH: [&str; 57] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does", "for", "from", "had", "has",
    "have", "how", "i", "if", "in", "into", "is", "it", "its", "of", "on", "or", "our", "so", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "to", "us", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// Whether `term` is such a word.
pub fn is_stop(term: &str, english: bool) -> bool {
    english && ENGLISH.binary_search(&term).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, is_stop};

    #[test]
    fn the_list_is_in_order_for_the_search_in_it() {
        assert!(ENGLISH.is_sorted());
        assert!(is_stop("the", true) && !is_stop("ring", true) && !is_stop("the", false));
    }
}
