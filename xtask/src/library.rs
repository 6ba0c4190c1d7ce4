//! A book of any number of pages for the benchmarks: prose, code, tables and links, the same on every machine.

use std::fs;
use std::io;
use std::path::Path;

/// Chapters in a part.
const PART: usize = 30;
const WORDS: [&str; 24] = [
    "a", "the", "queue", "server", "request", "waits", "for", "every", "replica", "before", "answers", "log", "of",
    "writes", "is", "read", "by", "one", "leader", "and", "keys", "move", "when", "load",
];

/// Writes a book of `n_pages` chapters to `folder`.
pub fn write(folder: &Path, n_pages: usize) -> io::Result<()> {
    fs::create_dir_all(folder.join("content"))?;
    fs::write(folder.join("book.toml"), format!("[book]\ntitle = \"A book of {n_pages} pages\"\n"))?;
    let mut summary = String::from("# Summary\n\n[Start](index.md)\n");
    fs::write(folder.join("content/index.md"), "# Start\n\nGo [on](part-0/chapter-0.md).\n")?;
    for page in 0..n_pages {
        let part = page / PART;
        if page % PART == 0 {
            summary.push_str(&format!("\n# Part {part}\n\n"));
            fs::create_dir_all(folder.join(format!("content/part-{part}")))?;
        }
        summary.push_str(&format!("- [Chapter {page}](part-{part}/chapter-{page}.md)\n"));
        fs::write(folder.join(format!("content/part-{part}/chapter-{page}.md")), chapter(page, n_pages))?;
    }
    fs::write(folder.join("content/SUMMARY.md"), summary)
}

/// The chapter that an edit is made to.
pub fn edited(folder: &Path) -> std::path::PathBuf {
    folder.join("content/part-0/chapter-3.md")
}

/// About a thousand words in four sections, each with a link, a code block and a table.
fn chapter(page: usize, n_pages: usize) -> String {
    let mut random = Random(page as u64 + 1);
    let mut text = format!("# Chapter {page}\n");
    for section in 0..4 {
        text.push_str(&format!("\n## Section {section} of chapter {page}\n"));
        for _ in 0..4 {
            text.push('\n');
            for _ in 0..5 {
                text.push_str(&sentence(&mut random));
            }
        }
        let other = random.below(n_pages);
        text.push_str(&format!(
            "\nSee [another](../part-{}/chapter-{other}.md#section-1-of-chapter-{other}).\n",
            other / PART
        ));
        text.push_str("\n```rust\nfn answer(request: &Request) -> Response {\n");
        for line in 0..6 {
            text.push_str(&format!(
                "    let step_{line} = \"{}\".len() + {};\n",
                WORDS[random.below(WORDS.len())],
                random.below(99)
            ));
        }
        text.push_str("    Response::new(step_0)\n}\n```\n\n| what | how many |\n|---|--:|\n");
        for _ in 0..3 {
            text.push_str(&format!("| {} | {} |\n", WORDS[random.below(WORDS.len())], random.below(1000)));
        }
    }
    text
}

fn sentence(random: &mut Random) -> String {
    let n_words = 8 + random.below(9);
    let words: Vec<&str> = (0..n_words).map(|_| WORDS[random.below(WORDS.len())]).collect();
    format!("The {} *{}* `{}`.\n", words[1..].join(" "), words[0], words[1])
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % n as u64) as usize
    }
}
