import Foundation

/// Faults of the machine under a test's program, switched on and off while it runs: `Tests/Peers/faults.c`.
public final class MachineFaults {
    private let folder: String

    /// Compiles the library with the toolchain's own compiler.
    public init() throws {
        folder = try temporaryFolder()
        // The path of this file leads to the source.
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Peers/faults.c").path
        let arguments = ["clang", "-shared", "-fPIC", "-o", folder + "/faults.so", source, "-ldl"]
        let (status, lines) = try ChildProcess.run("/usr/bin/env", arguments)
        if status != 0 { throw BrokerFailure(words: lines.joined(separator: "\n")) }
    }

    deinit { removeFolder(folder) }

    /// The variables for the program's environment.
    public var environment: [String] {
        [
            "LD_PRELOAD=\(folder)/faults.so", "FAULT_SLOW_DISK=\(folder)/slow-disk",
            "FAULT_MUTE_DNS=\(folder)/mute-dns", "FAULT_NO_THREADS=\(folder)/no-threads",
        ]
    }

    /// How much longer the disk takes for each sync.
    public func slowDisk(milliseconds: Int) throws {
        try "\(milliseconds)".write(toFile: folder + "/slow-disk", atomically: true, encoding: .utf8)
    }

    /// Sets whether the machine has no room for another thread.
    public func lackThreads(_ lacking: Bool) throws {
        let path = folder + "/no-threads"
        if lacking { try "1".write(toFile: path, atomically: true, encoding: .utf8) } else { unlink(path) }
    }

    /// From now on the resolution of a name neither succeeds nor fails.
    public func muteDNS() throws { try "1".write(toFile: folder + "/mute-dns", atomically: true, encoding: .utf8) }
}
