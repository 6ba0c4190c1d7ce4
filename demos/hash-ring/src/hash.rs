//! Two ways to turn a name into a place on the ring.
//! Both take the bytes of a name; the good one leaves no trace of the name's order, the bad one keeps it.
//! Names come from the seed, so that another seed is another set of machines and another set of keys.

use demo_kit::rng;

/// How names become numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// Every byte is mixed into 64 bits by SplitMix64's output function.
    Good,
    /// `h = 31 h + byte` in 32 bits, as in many a standard library: names that differ in their last
    /// letters land side by side.
    Bad,
}

impl Hash {
    /// The hash of a name: 64 bits from the good function, 32 from the bad one.
    pub fn value(self, name: &[u8]) -> u64 {
        match self {
            Hash::Good => name.iter().fold(0, |h, byte| mix(h ^ u64::from(*byte))),
            Hash::Bad => {
                let fold = |h: u32, byte: &u8| h.wrapping_mul(31).wrapping_add(u32::from(*byte));
                u64::from(name.iter().fold(0, fold))
            }
        }
    }

    /// The hash that lies at a place.
    pub fn value_at(self, place: u64) -> u64 {
        match self {
            Hash::Good => place,
            Hash::Bad => place >> 32,
        }
    }

    /// Where a hash lies on the ring of 2^64 places: a hash of 32 bits is stretched over the whole ring.
    pub fn place(self, value: u64) -> u64 {
        match self {
            Hash::Good => value,
            Hash::Bad => value << 32,
        }
    }
}

/// One step of SplitMix64 (Steele, Lea and Flood 2014) from a given state.
pub fn mix(number: u64) -> u64 {
    rng::mix(number.wrapping_add(0x9e37_79b9_7f4a_7c15))
}

/// A short name in ASCII, without a heap.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    bytes: [u8; 16],
    len: usize,
}

impl Name {
    /// The name of one point of a server: `kvqz.B#0007`. The four letters stand for the machine.
    pub fn of_point(seed: u64, server: u8, point: u16) -> Name {
        let mut name = Name::empty();
        name.tag(mix(seed) ^ (u64::from(server) + 1));
        name.push(b'.');
        let (first, second) = letters(server);
        name.push(first);
        if let Some(second) = second {
            name.push(second);
        }
        name.push(b'#');
        name.digits(point);
        name
    }

    /// The name of a key: `0017@kvqz`. The four letters stand for the whole set of keys.
    pub fn of_key(seed: u64, key: u16) -> Name {
        let mut name = Name::empty();
        name.digits(key);
        name.push(b'@');
        name.tag(mix(!seed));
        name
    }

    /// The bytes of the name.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn empty() -> Name {
        Name { bytes: [0; 16], len: 0 }
    }

    // The longest name has 12 bytes; more would be cut, not overrun.
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    fn digits(&mut self, number: u16) {
        for unit in [1000, 100, 10, 1] {
            self.push(b'0' + (number / unit % 10) as u8);
        }
    }

    fn tag(&mut self, number: u64) {
        let mut rest = mix(number) >> 32;
        for _ in 0..4 {
            self.push(b'a' + (rest % 26) as u8);
            rest /= 26;
        }
    }
}

/// The letters of a server: A to Z, then AA, AB ... (server 63 is BL).
pub fn letters(server: u8) -> (u8, Option<u8>) {
    match server.checked_sub(26) {
        None => (b'A' + server, None),
        Some(rest) => (b'A' + rest / 26 % 26, Some(b'A' + rest % 26)),
    }
}
