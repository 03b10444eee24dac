import CLinux
import Glibc
import Platform

/// The process at the other end of a connection, as the kernel knew it when the process connected.
public struct ControlPeer: Hashable, Sendable {
    /// Nil when the kernel does not say.
    public var user: UInt32?
    public var process: Int32?

    public init(user: UInt32?, process: Int32?) {
        self.user = user
        self.process = process
    }

    init(of descriptor: Int32) {
        var user: UInt32 = 0
        var process: Int32 = 0
        guard clinux_peer(descriptor, &user, &process) == 0 else { return }
        self.user = user
        // 0 stands for a process that does not exist in this process' namespace.
        if process > 0 { self.process = process }
    }

    /// What the kernel shows for a user that does not exist in this process' user namespace.
    private static let overflowUser: UInt32 = 65_534

    /// The user for people to read: a name on this machine, else a number. It never waits for a directory service.
    public var userName: String? {
        guard let user, user != Self.overflowUser else { return nil }
        return UserName.inPasswordFile(user) ?? "\(user)"
    }

    /// The program that the process runs; nil when `/proc` shows it only to its own user, as in the service.
    public var command: String? {
        guard let process, let file = fopen("/proc/\(process)/comm", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = fread(&bytes, 1, bytes.count, file)
        // A process chooses its own name, so characters that control a terminal are left out.
        let name = String(decoding: bytes.prefix(count).filter { (0x20..<0x7F).contains($0) }, as: UTF8.self)
        return name.isEmpty ? nil : name
    }
}
