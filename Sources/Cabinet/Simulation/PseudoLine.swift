import Glibc
import Platform

/// A pty pair that plays a serial line: the slave's end has a symlink at the configured path.
///
/// The slave's end stays open here too, so that the line stays up while no other process has it open. Unlike on a real
/// port, unread bytes wait for the next process that opens it.
struct PseudoLine {
    let master: Int32
    private let slave: Int32
    private let path: String
    /// `/dev/pts/5`
    let device: String

    /// - Throws: `SimulationError`; nothing is left open then.
    init(bus: String, path: String) throws(SimulationError) {
        do throws(SystemError) {
            let master = try system("open", "/dev/ptmx") {
                open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
            }
            do throws(SystemError) {
                var number: Int32 = 0
                var unlocked: Int32 = 0
                // TIOCSPTLCK and TIOCGPTN (asm-generic/ioctls.h): macros that Swift does not import, and ptsname is not
                // safe with threads.
                try system("unlock", "/dev/ptmx") { ioctl(master, 0x4004_5431, &unlocked) }
                try system("number", "/dev/ptmx") { ioctl(master, 0x8004_5430, &number) }
                let device = "/dev/pts/\(number)"
                let slave = try system("open", device) { open(device, O_RDWR | O_NOCTTY | O_CLOEXEC) }
                do throws(SystemError) {
                    var mode = termios()
                    try system("tcgetattr", device) { tcgetattr(slave, &mode) }
                    cfmakeraw(&mode)
                    try system("tcsetattr", device) { tcsetattr(slave, TCSANOW, &mode) }
                    try Self.link(path, to: device)
                } catch {
                    Glibc.close(slave)
                    throw error
                }
                self.master = master
                self.slave = slave
                self.path = path
                self.device = device
            } catch {
                Glibc.close(master)
                throw error
            }
        } catch {
            let advice =
                switch error.code {
                case ENOENT: "; make its folder, or configure a path such as /tmp/rs485-1"
                case EACCES, EPERM: "; configure a path where you may write, such as /tmp/rs485-1"
                case EEXIST: ": something is there that no simulation left behind; remove it or configure another path"
                default: ""
                }
            throw SimulationError(bus: bus, reason: error.description + advice)
        }
    }

    /// Removes the symlink, if it is still this line's, and closes both ends.
    func close() {
        if Self.target(of: path) == device { unlink(path) }
        Glibc.close(slave)
        Glibc.close(master)
    }

    /// A symlink into /dev/pts that leads nowhere, or to this very pty, was left by a simulation that was killed.
    private static func link(_ path: String, to device: String) throws(SystemError) {
        if let old = target(of: path), old.hasPrefix("/dev/pts/"), old == device || access(old, F_OK) != 0 {
            unlink(path)
        }
        try system("symlink", path) { symlink(device, path) }
    }

    /// What the symlink names; nil when there is none.
    private static func target(of path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 256)
        let count = readlink(path, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
