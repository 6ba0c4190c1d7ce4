//! Many marks of one kind: one path per colour.

use demo_kit::{Path, Scene};

/// Paths of one class, one for each colour and one for what has none.
pub struct Crowd(Vec<Path>);

impl Crowd {
    /// No marks yet.
    #[inline(never)]
    pub fn new() -> Crowd {
        let mut paths = Vec::new();
        for _ in 0..7 {
            paths.push(Path::new());
        }
        Crowd(paths)
    }

    /// The path of a colour, 0..=6.
    pub fn of(&mut self, color: u8) -> &mut Path {
        &mut self.0[usize::from(color)]
    }

    /// Adds what there is to a scene, under `key` + colour.
    #[inline(never)]
    pub fn draw(self, scene: &mut Scene, key: u32, class: &'static str) {
        for (color, path) in self.0.into_iter().enumerate() {
            scene.path(key + color as u32, class, color as u8, path);
        }
    }
}
