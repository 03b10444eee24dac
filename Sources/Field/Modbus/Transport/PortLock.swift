import Domain
import Glibc
import Platform

/// Holds a serial port for this process alone, by two locks: `flock`, which every open of ours tries first and root
/// cannot pass, and TIOCEXCL, which keeps out programs that do not try it.
///
/// It is a separate descriptor, taken before libmodbus opens the port: libmodbus sets baud and parity when it opens,
/// and would disturb a program that already uses the port.
struct PortLock: ~Copyable {
    private let descriptor: Descriptor

    init(path: String) throws(ModbusError.Kind) {
        let number = try Self.opening { () throws(SystemError) in
            try system("open", path) { open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) }
        }
        let descriptor = Descriptor(number)
        try Self.opening { () throws(SystemError) in
            try system("flock", path) { flock(number, LOCK_EX | LOCK_NB) }
        }
        self.descriptor = descriptor
    }

    @discardableResult
    private static func opening(_ call: () throws(SystemError) -> Int32) throws(ModbusError.Kind) -> Int32 {
        do throws(SystemError) {
            return try call()
        } catch {
            throw ModbusError.Kind(code: error.code, during: .openingPort)
        }
    }

    /// Call after libmodbus has opened the port: no other process may open it from now on (root excepted).
    borrowing func exclude() { _ = ioctl(descriptor.number, UInt(TIOCEXCL), 0) }

    deinit { _ = ioctl(descriptor.number, UInt(TIOCNXCL), 0) }
}
