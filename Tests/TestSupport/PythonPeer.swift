import Glibc
import Platform

/// A peer written in Python in Tests/Peers: started, waited for until it prints `ready`, and ended with this object.
///
/// The interpreter is GATEWAY_TEST_PYTHON if that is set (it must have pymodbus), otherwise `python3`.
public final class PythonPeer {
    public struct Failed: Error, CustomStringConvertible {
        public let description: String
    }

    private let process: pid_t
    /// Held open: a peer ends when its input ends, so that none outlives the tests, however they end.
    private let input: Int32
    /// The text after `ready`: a port or a path.
    public let ready: String

    private static var interpreter: String {
        getenv("GATEWAY_TEST_PYTHON").map { String(cString: $0) } ?? "python3"
    }

    private static let peers = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Peers/"

    /// Runs a script to its end.
    ///
    /// - Returns: its exit status and all it wrote.
    public static func run(_ script: String, _ arguments: String...) throws -> (status: Int32, text: String) {
        try run(file: peers + script, arguments)
    }

    /// Runs a script of another folder to its end.
    public static func run(file: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let words = [interpreter, file] + arguments
        let (status, lines) = try ChildProcess.run("/usr/bin/env", words)
        return (status, lines.joined(separator: "\n"))
    }

    /// - Parameter script: its file's name in Tests/Peers.
    public init(_ script: String, arguments: [String] = []) throws {
        let interpreter = Self.interpreter
        let peers = Self.peers
        let (childInput, ownInput) = try Self.pipe()
        let (ownOutput, childOutput) = try Self.pipe()
        defer { close(ownOutput) }
        do {
            defer {
                close(childInput)
                close(childOutput)
            }
            process = try Self.spawn([interpreter, peers + script] + arguments, input: childInput, output: childOutput)
        } catch {
            close(ownInput)
            throw error
        }
        input = ownInput
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(ownOutput, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let said = String(decoding: line, as: UTF8.self)
        ready = String(said.dropFirst("ready ".count))
        if !said.hasPrefix("ready ") {
            throw Failed(
                description:
                    "\(script) did not start with \(interpreter) (it said \"\(said)\"): set GATEWAY_TEST_PYTHON"
                    + " to an interpreter that has what scripts/setup test installs"
            )
        }
    }

    deinit {
        kill(process, SIGTERM)
        close(input)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    }

    /// The reading and the writing end.
    private static func pipe() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        try system("pipe") { Glibc.pipe(&ends) }
        for end in ends { try system("fcntl") { fcntl(end, F_SETFD, FD_CLOEXEC) } }
        return (ends[0], ends[1])
    }

    /// Foundation's Process would do, but its threads block all signals and the child inherits that: SIGTERM never
    /// came.
    private static func spawn(_ words: [String], input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        _ = addCloseFrom(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        let result = posix_spawnp(&process, words[0], &actions, &attributes, &arguments, environ)
        if result != 0 { throw SystemError(code: result, operation: "posix_spawn", subject: words[0]) }
        return process
    }
}
