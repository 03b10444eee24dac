import Glibc

/// Disk space that a journal's folder keeps for its next opening.
///
/// No identity may be given out before its epoch is on disk. So on a disk that somebody else has filled the ballast is let
/// go, which makes room for that one transaction; it is taken up again when there is room.
struct Ballast: Sendable {
    let path: String
    /// Bytes.
    let size: Int

    /// Less than this makes no room for an opening.
    private static let least = 128 << 10

    /// Takes up as much of the ballast as the disk has room for: all, half, or a quarter of it. Nothing is written to it.
    ///
    /// - Returns: whether it is whole. What keeps it from being so is no fault of the journal's, and tells itself when the
    ///   journal next writes.
    func take() -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let held = Self.size(descriptor)
        var wanted = size
        while wanted >= Self.least, wanted >= min(held, size) {
            // Blocks are allocated even where the file has its size already: a copied file may have none.
            if posix_fallocate(descriptor, 0, wanted) == 0 {
                return ftruncate(descriptor, wanted) == 0 && wanted == size
            }
            ftruncate(descriptor, held)  // a part of what did not fit may have been allocated
            wanted /= 2
        }
        return false
    }

    /// Gives the space back.
    ///
    /// - Returns: whether there was any to give.
    func letGo() -> Bool {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard Self.size(descriptor) > 0, ftruncate(descriptor, 0) == 0 else { return false }
        // A file system with a journal of its own gives freed blocks out only when it has committed that they are free.
        fsync(descriptor)
        return true
    }

    private static func size(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? status.st_size : 0
    }
}
