//! Which file of an index has which name: its kind, its number, and the hash that the root has of its content.

use super::Root;

/// Which file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileId {
    /// A shard of the dictionary.
    Dictionary(usize),
    /// A shard, and which of its files of lists.
    Lists(usize, usize),
    /// A leaf.
    Leaf(usize),
}

impl Root {
    /// A file's name.
    pub fn name(&self, file: FileId) -> String {
        let mut name = String::from("search/");
        let (hash, ending) = match file {
            FileId::Dictionary(shard) => {
                name.push('d');
                push_decimal(&mut name, shard);
                (self.dictionary[shard].hash, ".bin")
            }
            FileId::Lists(shard, list) => {
                name.push('p');
                push_decimal(&mut name, shard);
                name.push('-');
                push_decimal(&mut name, list);
                (self.dictionary[shard].lists[list], ".bin")
            }
            FileId::Leaf(leaf) => {
                name.push('t');
                push_decimal(&mut name, leaf);
                (self.leaves[leaf].hash, ".txt")
            }
        };
        name.push('.');
        for shift in (0..8).rev() {
            name.push(char::from(b"0123456789abcdef"[(hash >> (4 * shift)) as usize & 15]));
        }
        name.push_str(ending);
        name
    }

    /// The file of a name that [`Root::name`] gave.
    pub fn file(&self, name: &str) -> Option<FileId> {
        let stem = name.strip_prefix("search/")?.split('.').next()?;
        let (kind, numbers) = stem.split_at_checked(1)?;
        let file = match kind {
            "d" => FileId::Dictionary(decimal(numbers)?),
            "p" => {
                let (shard, list) = numbers.split_once('-')?;
                FileId::Lists(decimal(shard)?, decimal(list)?)
            }
            "t" => FileId::Leaf(decimal(numbers)?),
            _ => return None,
        };
        (self.has(file) && self.name(file) == name).then_some(file)
    }

    /// Whether there is such a file.
    pub fn has(&self, file: FileId) -> bool {
        match file {
            FileId::Dictionary(shard) => shard < self.dictionary.len(),
            FileId::Lists(shard, list) => self.dictionary.get(shard).is_some_and(|it| list < it.lists.len()),
            FileId::Leaf(leaf) => leaf < self.leaves.len(),
        }
    }
}

fn decimal(digits: &str) -> Option<usize> {
    digits.bytes().try_fold(0_usize, |number, c| {
        if c.is_ascii_digit() { number.checked_mul(10)?.checked_add(usize::from(c - b'0')) } else { None }
    })
}

fn push_decimal(out: &mut String, number: usize) {
    if number >= 10 {
        push_decimal(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::FileId;
    use crate::format::root::tests::a_root;

    #[test]
    fn a_name_leads_back_to_its_file() {
        let root = a_root();
        for (file, name) in [
            (FileId::Dictionary(3), "search/d3.89ab01cd.bin"),
            (FileId::Lists(2, 1), "search/p2-1.00000008.bin"),
            (FileId::Leaf(1), "search/t1.ffffffff.txt"),
        ] {
            assert_eq!(root.name(file), name);
            assert_eq!(root.file(name), Some(file));
        }
        for name in ["search/t9.ffffffff.txt", "search/t1.fffffffe.txt", "search/p2.x", "search/é", "d3", ""] {
            assert_eq!(root.file(name), None);
        }
    }
}
