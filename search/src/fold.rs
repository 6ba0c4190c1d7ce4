//! Letters as they are compared: lowercase, without diacritics, ligatures and wide forms taken apart.
//!
//! In: a character as written. Out: none, one or two characters. What has no row here stays as it is.

use crate::lower::lower;

/// Lowercase letters and what stands for them.
const ROWS: [(&str, &str); 55] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặª"),
    ("ae", "æǣǽ"),
    ("b", "ƀɓḃḅḇ"),
    ("c", "çćĉċčƈȼḉ"),
    ("d", "ďđðɖɗḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ƒḟ"),
    ("ff", "ﬀ"),
    ("ffi", "ﬃ"),
    ("ffl", "ﬄ"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("g", "ĝğġģǥǧǵɠḡ"),
    ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"),
    ("j", "ĵǰ"),
    ("k", "ķƙǩḱḳḵ"),
    ("l", "ĺļľŀłƚḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŋƞǹṅṇṉṋ"),
    ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợº"),
    ("oe", "œ"),
    ("p", "ƥṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩſ"),
    ("ss", "ß"),
    ("st", "ﬅﬆ"),
    ("t", "ţťŧƭțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ʋṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷƴȳẏẙỳỵỷỹ"),
    ("z", "źżžƶȥẑẓẕ"),
    ("0", "⁰₀"),
    ("1", "¹₁"),
    ("2", "²₂"),
    ("3", "³₃"),
    ("4", "⁴₄"),
    ("5", "⁵₅"),
    ("6", "⁶₆"),
    ("7", "⁷₇"),
    ("8", "⁸₈"),
    ("9", "⁹₉"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("σ", "ς"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("е", "ё"),
    ("'", "’"),
];

/// Adds what stands for `c` to `out`.
pub fn push(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    let c = lower(narrow(c));
    if is_mark(c) {
        return;
    }
    match ROWS.iter().find(|(_, letters)| letters.chars().any(|it| it == c)) {
        Some((plain, _)) => out.push_str(plain),
        None => out.push(c),
    }
}

/// The text as it is compared.
#[cfg(not(target_arch = "wasm32"))]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push(c, &mut out));
    out
}

/// A wide form of ASCII (U+FF01 to U+FF5E) in its usual width.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// What is written above, below or between letters and tells no words apart: combining marks, the vowel signs of Arabic
/// and Hebrew, soft hyphens, joiners.
pub fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0xad | 0x300..=0x36f | 0x591..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x64b..=0x652 | 0x670 | 0x1ab0..=0x1aff
        | 0x1dc0..=0x1dff | 0x200b..=0x200d | 0x2060 | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xfeff)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, fold};

    #[test]
    fn case_and_diacritics_do_not_tell_words_apart() {
        for (written, compared) in [
            ("Müller Ångström FAÇADE", "muller angstrom facade"),
            ("ﬁne œuvre Straße Þórr", "fine oeuvre strasse thorr"),
            ("e\u{301}te\u{301} co\u{ad}operate", "ete cooperate"),
            ("İstanbul Łódź Nguyễn", "istanbul lodz nguyen"),
            ("ＨＴＴＰ ｘ² H₂O", "http x2 h2o"),
            ("Ώρα ΣΊΣΥΦΟΣ ёлка", "ωρα σισυφοσ елка"),
            ("مُحَمَّد", "محمد"),
            ("数据库 データ", "数据库 データ"),
        ] {
            assert_eq!(fold(written), compared);
            assert_eq!(fold(compared), compared, "folding twice is folding once");
        }
    }

    #[test]
    fn every_letter_has_one_row() {
        let all: Vec<char> = ROWS.iter().flat_map(|(_, letters)| letters.chars()).collect();
        for (nth, c) in all.iter().enumerate() {
            assert!(!all[..nth].contains(c), "{c} stands in two rows");
            assert!(c.to_lowercase().eq([*c]) || *c == 'ẚ', "{c} is lowercase");
        }
    }
}
