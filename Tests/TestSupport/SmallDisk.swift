import Foundation
import Glibc

/// A small file system of its own that a test can fill: in a loop file, except tmpfs. Unmounted at the end.
public final class SmallDisk {
    public enum Kind: String, CaseIterable, Sendable {
        /// ext4 with blocks as large as a page.
        case ext4
        /// The blocks that mkfs chooses by itself below 512 MB.
        case ext4SmallBlocks = "ext4 of 1 KiB blocks"
        case tmpfs, xfs, btrfs

        /// The command that makes it in that file; nil if nothing need be made.
        fileprivate func maker(_ image: String) -> (program: String, arguments: [String])? {
            switch self {
            // The test may fill all of it: nothing is reserved for root.
            case .ext4: ("/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", "-b", "4096", image])
            case .ext4SmallBlocks: ("/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", "-b", "1024", image])
            case .tmpfs: nil
            case .xfs: ("/sbin/mkfs.xfs", ["-q", "-f", image])
            case .btrfs: ("/sbin/mkfs.btrfs", ["-q", "-f", image])
            }
        }

        /// The smallest size that its maker accepts.
        public var leastMegabytes: Int {
            switch self {
            case .ext4, .ext4SmallBlocks, .tmpfs: 8
            case .xfs: 300
            case .btrfs: 128
            }
        }

        /// Why this kind is not possible here; nil if it is.
        public var obstacle: String? {
            if geteuid() != 0 { return "mounting a file system needs root" }
            do {
                _ = try SmallDisk(self, megabytes: leastMegabytes)
                return nil
            } catch {
                return "no \(rawValue) in a loop file here: \(error)"
            }
        }
    }

    /// Why ext4 is not possible here; nil if it is.
    public static let obstacle: String? = Kind.ext4.obstacle

    /// The mount point.
    public let path: String
    private let folder: String

    public init(_ kind: Kind = .ext4, megabytes: Int) throws {
        folder = try temporaryFolder()
        path = folder + "/mounted"
        let image = folder + "/image"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: image, contents: nil),
                truncate(image, megabytes << 20) == 0
            else { throw BrokerFailure(words: "no room for \(image)") }
            if let maker = kind.maker(image) {
                try Self.run(maker.program, maker.arguments)
                try Self.run("/bin/mount", ["-o", "loop", image, path])
            } else {
                try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)M", "none", path])
            }
        } catch {
            removeFolder(folder)
            throw error
        }
    }

    deinit {
        if umount2(path, 0) != 0 { umount2(path, Int32(MNT_DETACH)) }
        removeFolder(folder)
    }

    /// Grows a foreign file until nothing fits, then shortens it to leave so many bytes.
    public func fill(leaving bytes: Int = 0) {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        for size in [1 << 20, 4_096, 1] {
            let bytes = [UInt8](repeating: 0x5A, count: size)
            while write(descriptor, bytes, size) > 0 {}
        }
        if bytes > 0 { ftruncate(descriptor, lseek(descriptor, 0, SEEK_END) - bytes) }
        fsync(descriptor)
    }

    /// Makes it read-only, as after an error of the medium (`errors=remount-ro`), or on a system whose root is never
    /// written.
    public func makeReadOnly() throws { try Self.run("/bin/mount", ["-o", "remount,ro", path]) }

    /// Removes the foreign file.
    public func free() { unlink(path + "/filler") }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let (status, lines) = try ChildProcess.run(program, arguments)
        if status != 0 { throw BrokerFailure(words: lines.joined(separator: "\n")) }
    }
}
