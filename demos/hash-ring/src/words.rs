//! words
use crate::hash::letters;
use crate::model::ServerId;
/// The name of a server: A to Z, then AA ...
pub fn name(id: ServerId) -> String {
    let (first, second) = letters(id);
    let mut name = String::from(char::from(first));
    name.extend(second.map(char::from));
    name
}
