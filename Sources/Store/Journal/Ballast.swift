import Glibc

/// Disk space that a journal's folder keeps for its next opening.
///
/// An identity may be given out only after its epoch is on disk. So on a disk that other data has filled, the ballast
/// is released, which makes room for that one transaction; it is taken up again when there is room.
struct Ballast: Sendable {
    let path: String
    /// In bytes.
    let size: Int

    /// A smaller ballast would not make room for an opening.
    private static let least = 128 << 10

    /// Takes up as much of the ballast as the disk has room for: all, half, or a quarter of it. Nothing is written to
    /// it.
    ///
    /// - Returns: whether it is whole. A failure is not the journal's fault, and shows when the journal next writes.
    func take() -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let held = Self.size(descriptor)
        var wanted = size
        while wanted >= Self.least, wanted >= min(held, size) {
            // Blocks are allocated even where the file already has its size: a copied file may have none.
            if posix_fallocate(descriptor, 0, wanted) == 0 {
                return ftruncate(descriptor, wanted) == 0 && wanted == size
            }
            ftruncate(descriptor, held)  // a part of what did not fit may have been allocated
            wanted /= 2
        }
        return false
    }

    /// Releases the space.
    ///
    /// - Returns: whether there was any to release.
    func letGo() -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard Self.size(descriptor) > 0, ftruncate(descriptor, 0) == 0 else { return false }
        // A file system with its own journal reuses freed blocks only after it has committed that they are free.
        fsync(descriptor)
        return true
    }

    private static func size(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status.st_size : 0
    }
}
