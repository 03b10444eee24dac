import Foundation
import Glibc
import Synchronization

/// A program started by a test; its output is read by lines of text. (Foundation's Process loses track of a child that
/// is stopped by a signal.)
public final class ChildProcess: Sendable {
    public let identifier: Int32
    private let output = ChildOutput()
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - program: a path.
    ///   - arguments: without the program's name.
    public init(_ program: String, _ arguments: [String]) throws {
        let pipe = Pipe()
        let writing = pipe.fileHandleForWriting.fileDescriptor
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writing, 1)
        posix_spawn_file_actions_adddup2(&actions, writing, 2)
        _ = addCloseFrom(&actions, 3)
        // The threads that run tests block signals, and a child would inherit that: mosquitto then never sees SIGTERM.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var child = pid_t()
        let result = posix_spawn(&child, program, &actions, &attributes, words + [nil], environ)
        guard result == 0 else { throw BrokerFailure(words: "\(program): \(String(cString: strerror(result)))") }
        identifier = child
        try pipe.fileHandleForWriting.close()
        Thread { [output] in
            while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty { output.add(data) }
            output.end()
        }.start()
    }

    deinit { stop(SIGKILL) }

    /// Waits for a line of text with these words, also among those already written.
    ///
    /// - Parameter number: which of such lines, for a program that writes the same one again; from 1.
    /// - Returns: that line; nil if the output ended or `limit` (seconds) passed without it.
    public func line(with words: String, number: Int = 1, within limit: Double = 20) -> String? {
        output.line(number, until: Date(timeIntervalSinceNow: limit)) { $0.contains(words) }
    }

    /// Waits likewise for the first line of text that satisfies the condition.
    public func line(within limit: Double = 20, where isIt: (String) -> Bool) -> String? {
        output.line(1, until: Date(timeIntervalSinceNow: limit), where: isIt)
    }

    /// All lines of text until now.
    public var lines: [String] { output.all }

    public func signal(_ number: Int32) {
        status.withLock { status in
            if status == nil { kill(identifier, number) }
        }
    }

    /// Ends the program, stopped or not, and waits for its end.
    ///
    /// - Parameter number: the signal that ends it; nil is SIGTERM.
    public func stop(_ number: Int32? = nil) {
        signal(number ?? SIGTERM)
        signal(SIGCONT)
        exitStatus()
    }

    /// Waits for the program to end.
    ///
    /// - Returns: its exit status, or the signal that ended it plus 128.
    @discardableResult
    public func exitStatus() -> Int32 {
        status.withLock { status in
            if let status { return status }
            var word: Int32 = 0
            while waitpid(identifier, &word, 0) < 0, errno == EINTR {}
            let result = word & 0x7F == 0 ? (word >> 8) & 0xFF : 128 + (word & 0x7F)
            status = result
            return result
        }
    }

    /// Runs a program to its end.
    ///
    /// - Returns: its exit status and all it wrote.
    @discardableResult
    public static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, lines: [String]) {
        let child = try ChildProcess(program, arguments)
        let status = child.exitStatus()
        child.output.waitForEnd()
        return (status, child.lines)
    }
}

/// The lines of text in a child's output, under one condition.
private final class ChildOutput: @unchecked Sendable {  // all state is touched under the condition's lock only
    private let condition = NSCondition()
    private var lines: [String] = []
    private var rest = Data()
    private var ended = false

    func add(_ data: Data) {
        condition.withLock {
            rest.append(data)
            while let end = rest.firstIndex(of: 10) {
                lines.append(String(decoding: rest[rest.startIndex..<end], as: UTF8.self))
                rest.removeSubrange(rest.startIndex...end)
            }
            condition.broadcast()
        }
    }

    func end() {
        condition.withLock {
            ended = true
            condition.broadcast()
        }
    }

    func waitForEnd() {
        condition.withLock {
            while !ended { condition.wait() }
        }
    }

    var all: [String] { condition.withLock { lines } }

    func line(_ number: Int, until deadline: Date, where isIt: (String) -> Bool) -> String? {
        condition.withLock {
            while true {
                let found = lines.lazy.filter(isIt).dropFirst(number - 1).first
                if let found { return found }
                if ended || !condition.wait(until: deadline) { return nil }
            }
        }
    }
}
