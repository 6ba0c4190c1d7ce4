//! Sorting by one number, in one function: the library's sort, made anew for each type, would be a third of the module.

/// The indices below `n` in the order of their keys, the largest first; equal ones in their own order. A heap sort
/// (Williams, 1964).
pub fn largest_first(n: usize, key: &dyn Fn(usize) -> u32) -> Vec<usize> {
    // The index below the key makes all numbers different; both inverted, so that the largest key is the smallest number.
    let mut numbers: Vec<u64> = (0..n).map(|idx| u64::from(u32::MAX - key(idx)) << 32 | idx as u64).collect();
    for start in (0..n / 2).rev() {
        sift(&mut numbers, start);
    }
    for end in (1..n).rev() {
        numbers.swap(0, end);
        sift(&mut numbers[..end], 0);
    }
    numbers.into_iter().map(|it| (it & u64::from(u32::MAX)) as usize).collect()
}

/// Lets a number sink until none below it is larger.
fn sift(heap: &mut [u64], mut at: usize) {
    loop {
        let below = 2 * at + 1;
        let Some(child) = heap.get(below) else { return };
        let larger = below + usize::from(heap.get(below + 1).is_some_and(|other| other > child));
        if heap[at] >= heap[larger] {
            return;
        }
        heap.swap(at, larger);
        at = larger;
    }
}

#[cfg(test)]
mod tests {
    use super::largest_first;

    #[test]
    fn it_sorts_and_keeps_the_order_of_equals() {
        let mut number = 1_u32;
        for n in 0..200 {
            let keys: Vec<u32> = (0..n)
                .map(|_| {
                    number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    number >> 29
                })
                .collect();
            let mut expected: Vec<usize> = (0..n).collect();
            expected.sort_by_key(|idx| std::cmp::Reverse(keys[*idx]));
            assert_eq!(largest_first(n, &|idx| keys[idx]), expected);
        }
        assert_eq!(largest_first(2, &|idx| if idx == 0 { 0 } else { u32::MAX }), [1, 0]);
    }
}
