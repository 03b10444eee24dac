import Foundation
import Glibc

/// A small file system of its own, which a test can fill: ext4 in a loop file. Unmounted when it goes.
public final class SmallDisk {
    /// Why there can be none; nil where there can.
    public static let obstacle: String? = {
        if geteuid() != 0 { return "mounting a file system needs root" }
        do {
            _ = try SmallDisk(megabytes: 8)
            return nil
        } catch {
            return "no loop file system here: \(error)"
        }
    }()

    /// Where it is mounted.
    public let path: String
    private let folder: String

    public init(megabytes: Int) throws {
        folder = try temporaryFolder()
        path = folder + "/mounted"
        let image = folder + "/image"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard FileManager.default.createFile(atPath: image, contents: nil),
                truncate(image, megabytes << 20) == 0
            else { throw BrokerFailure(words: "no room for \(image)") }
            // All of it for whoever fills it: nothing is kept back for root.
            try Self.run("/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", image])
            try Self.run("/bin/mount", ["-o", "loop", image, path])
        } catch {
            removeFolder(folder)
            throw error
        }
    }

    deinit {
        if umount2(path, 0) != 0 { umount2(path, Int32(MNT_DETACH)) }
        removeFolder(folder)
    }

    /// Somebody else's file: it grows until nothing fits.
    public func fill() {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        for size in [1 << 20, 4_096, 1] {
            let bytes = [UInt8](repeating: 0x5A, count: size)
            while write(descriptor, bytes, size) > 0 {}
        }
        fsync(descriptor)
    }

    /// Somebody else's file goes.
    public func free() { unlink(path + "/filler") }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let (status, lines) = try ChildProcess.run(program, arguments)
        if status != 0 { throw BrokerFailure(words: lines.joined(separator: "\n")) }
    }
}
