//! The file of tables: a head, the text and the numbers of an [`Image`], each with its checksum (CRC-32).
//!
//! ```text
//! 8 bytes   allonymt
//! 4 bytes   version
//! 8 bytes   length of the text, in bytes
//! 8 bytes   length of the numbers
//! 4 bytes   checksum of the text
//! 4 bytes   checksum of the numbers
//! 4 bytes   checksum of the head, up to here
//! ```
//!
//! All numbers are little-endian.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::bytes::{u32_at, u64_at};
use super::image::Image;
use crate::error::Error;

const MAGIC: &[u8; 8] = b"allonymt";
/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;
const HEAD: usize = 40;

/// The head of a file.
struct Head {
    text: usize,
    numbers: usize,
    text_sum: u32,
    numbers_sum: u32,
}

impl Head {
    fn of(image: &Image) -> Vec<u8> {
        let mut head = MAGIC.to_vec();
        head.extend(VERSION.to_le_bytes());
        for length in [image.text.len(), image.numbers.len()] {
            head.extend(u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
        }
        for bytes in [image.text.as_bytes(), &image.numbers] {
            head.extend(crc32fast::hash(bytes).to_le_bytes());
        }
        head.extend(crc32fast::hash(&head).to_le_bytes());
        head
    }

    /// The head that some bytes are; `length` is that of the whole file.
    fn read(head: &[u8], length: u64) -> Result<Self, String> {
        if !head.starts_with(MAGIC) {
            return Err("it does not begin as a file of tables does".to_owned());
        }
        let version = u32_at(head, 8);
        if head.len() >= 12 && version != VERSION {
            return Err(format!("it is of version {version} of the format, and this crate reads version {VERSION}"));
        }
        if head.len() < HEAD {
            return Err("it is cut short".to_owned());
        }
        if u32_at(head, HEAD - 4) != crc32fast::hash(&head[..HEAD - 4]) {
            return Err("it is damaged: the checksum of its head is not that of its bytes".to_owned());
        }
        let (text, numbers) = (u64_at(head, 12), u64_at(head, 20));
        let whole = text.checked_add(numbers).and_then(|sum| sum.checked_add(HEAD as u64));
        match whole.map(|whole| whole.cmp(&length)) {
            Some(std::cmp::Ordering::Equal) => {}
            Some(std::cmp::Ordering::Less) => return Err("it is longer than it says".to_owned()),
            _ => return Err("it is cut short".to_owned()),
        }
        let fits = |length: u64| usize::try_from(length).map_err(|_| "it is too long for this machine".to_owned());
        let (text_sum, numbers_sum) = (u32_at(head, 28), u32_at(head, 32));
        Ok(Self { text: fits(text)?, numbers: fits(numbers)?, text_sum, numbers_sum })
    }
}

/// Whether bytes are those that a checksum was made of.
fn is_whole(bytes: &[u8], sum: u32) -> Result<(), String> {
    if crc32fast::hash(bytes) == sum {
        Ok(())
    } else {
        Err("it is damaged: its checksum is not that of its bytes".to_owned())
    }
}

const NOT_TEXT: &str = "it is damaged: its text is not UTF-8";

/// The bytes of an image's file.
pub(super) fn bytes(image: &Image) -> Vec<u8> {
    [&Head::of(image), image.text.as_bytes(), &image.numbers].concat()
}

/// Writes an image's file.
pub(super) fn write(path: &Path, image: &Image) -> Result<(), Error> {
    crate::file::replace(path, |out| {
        out.write_all(&Head::of(image))?;
        out.write_all(image.text.as_bytes())?;
        out.write_all(&image.numbers)
    })
}

/// Reads an image's file, and all or nothing of it.
pub(super) fn open(path: &Path) -> Result<Image, Error> {
    let fault = |error: io::Error| Error::file(path, error);
    let file = File::open(path).map_err(fault)?;
    let length = file.metadata().map_err(fault)?.len();
    let head = piece(&file, 0, HEAD.min(usize::try_from(length).unwrap_or(HEAD))).map_err(fault)?;
    let head = Head::read(&head, length).map_err(|reason| Error::file(path, reason))?;
    let numbers = || checked(&file, HEAD + head.text, head.numbers, head.numbers_sum);
    let text = || {
        let text = checked(&file, HEAD, head.text, head.text_sum)?;
        String::from_utf8(text).map_err(|_| NOT_TEXT.to_owned())
    };
    let (numbers, text) = crate::parallel::join(numbers, text);
    let image = text.and_then(|text| Image::new(text.into(), numbers?.into()).map_err(str::to_owned));
    image.map_err(|reason| Error::file(path, reason))
}

/// A piece of a file that must be as it was written.
fn checked(file: &File, from: usize, length: usize, sum: u32) -> Result<Vec<u8>, String> {
    let bytes = piece(file, from, length).map_err(|error| error.to_string())?;
    is_whole(&bytes, sum)?;
    Ok(bytes)
}

/// So many bytes of a file, from a place on. Pieces may be read at the same time.
#[cfg(unix)]
fn piece(file: &File, from: usize, length: usize) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;

    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, from as u64)?;
    Ok(bytes)
}

/// So many bytes of a file, from a place on. Pieces may be asked for at the same time, and are read one after another.
#[cfg(not(unix))]
fn piece(file: &File, from: usize, length: usize) -> io::Result<Vec<u8>> {
    use std::io::{Read, Seek, SeekFrom};
    use std::sync::{Mutex, PoisonError};

    // Handles that were cloned share their place in the file.
    static ONE_BY_ONE: Mutex<()> = Mutex::new(());
    let _guard = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut file, mut bytes) = (file.try_clone()?, vec![0; length]);
    file.seek(SeekFrom::Start(from as u64))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The image of a file that is embedded in the crate; nothing is copied.
pub(super) fn embedded(bytes: &'static [u8]) -> Result<Image, Error> {
    let read = || {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or("it is cut short")?;
        let head = Head::read(head, bytes.len() as u64)?;
        let (text, numbers) = rest.split_at_checked(head.text).ok_or("it is cut short")?;
        is_whole(text, head.text_sum).and(is_whole(numbers, head.numbers_sum))?;
        let text = std::str::from_utf8(text).map_err(|_| NOT_TEXT)?;
        Ok(Image::new(text.into(), numbers.into())?)
    };
    read().map_err(|reason: String| Error::file("data/tables.bin", reason))
}
