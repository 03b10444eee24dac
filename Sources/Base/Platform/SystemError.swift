import Glibc

/// A failed system call: which one, on what, and what the kernel reported.
public struct SystemError: Error, Hashable, CustomStringConvertible {
    public let code: Int32
    public let operation: String
    public let subject: String

    public init(code: Int32, operation: String, subject: String = "") {
        self.code = code
        self.operation = operation
        self.subject = subject
    }

    /// The C library's text for the code.
    public var reason: String { String(cString: strerror(code)) }

    public var description: String { "\(operation)\(subject.isEmpty ? "" : " \(subject)"): \(reason)" }
}

/// The only place that turns errno into a typed error; an interrupted call is repeated.
@discardableResult
public func system(
    _ operation: @autoclosure () -> String,
    _ subject: @autoclosure () -> String = "",
    call: () -> Int32
) throws(SystemError) -> Int32 {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw SystemError(code: errno, operation: operation(), subject: subject()) }
    }
}
