//! Words that tell no sections apart: those that stand everywhere, which are looked for in titles and headings only, and
//! those in which questions are put. A section need not have them.

const ENGLISH: [&str; 57] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does", "for", "from", "had", "has",
    "have", "how", "i", "if", "in", "into", "is", "it", "its", "of", "on", "or", "our", "so", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "to", "us", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// `difference between x and y`, `how does x work`: found as others are, but not asked for.
const ASKING: [&str; 16] = [
    "about",
    "between",
    "compare",
    "compared",
    "difference",
    "differences",
    "example",
    "examples",
    "explain",
    "explained",
    "mean",
    "meaning",
    "means",
    "versus",
    "vs",
    "work",
];

/// Whether a query is put in this word.
pub fn is_asking(term: &str, english: bool) -> bool {
    english && ASKING.binary_search(&term).is_ok()
}

/// Whether `term` stands everywhere.
pub fn is_stop(term: &str, english: bool) -> bool {
    english && ENGLISH.binary_search(&term).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{ASKING, ENGLISH, is_asking, is_stop};

    #[test]
    fn the_list_is_in_order_for_the_search_in_it() {
        assert!(ENGLISH.is_sorted() && ASKING.is_sorted());
        assert!(is_asking("vs", true) && !is_asking("vs", false) && !is_asking("ring", true));
        assert!(is_stop("the", true) && !is_stop("ring", true) && !is_stop("the", false));
    }
}
