import ArgumentParser
import Asking
import Control
import Domain
import Glibc
import Installation
import Platform
import Speech

/// Who opens a bus: this process, or, while a daemon has it open, the daemon for it.
struct LineAccess: Sendable {
    /// Where a daemon answers; nil when none runs.
    private let socket: String?
    private let buses: [Configuration.Bus]
    private let time: SystemClock
    private let waiting: BorrowedBus.Waiting?

    /// - Parameters:
    ///   - configuration: the running daemon's, if one runs; nil where there is none to look into.
    ///   - waiting: as in `BorrowedBus`.
    /// - Throws: `ExitCode.field`, after saying why, when a daemon runs that this user may not ask.
    init(_ configuration: Configuration?, time: SystemClock, waiting: BorrowedBus.Waiting?) throws {
        self.waiting = waiting
        buses = configuration?.buses ?? []
        self.time = time
        guard let path = configuration?.controlSocket else {
            socket = nil
            return
        }
        do throws(SystemError) {
            _ = try ControlClient(path: path)
            socket = path
        } catch {
            guard error.code != EACCES else {
                complain(StatusPhrase.forbidden, path)
                throw ExitCode.field
            }
            socket = nil
        }
    }

    /// The bus of the configuration, through the daemon if one runs.
    func bus(_ id: String, _ endpoint: ModbusEndpoint) -> any ProbeBus {
        borrowed(id, endpoint) ?? OwnBus(endpoint: endpoint, time: time)
    }

    /// The bus of the running daemon that is at this place, whatever its line's settings; nil when none is.
    func held(_ endpoint: ModbusEndpoint) -> (id: String, endpoint: ModbusEndpoint)? {
        guard socket != nil else { return nil }
        for bus in buses {
            if let there = bus.endpoint, Self.place(there) == Self.place(endpoint) { return (bus.id, there) }
        }
        return nil
    }

    /// Nil without a daemon.
    func borrowed(_ id: String, _ endpoint: ModbusEndpoint) -> BorrowedBus? {
        // A daemon that has ended since is as good as none.
        guard let socket, let client = try? ControlClient(path: socket) else { return nil }
        return BorrowedBus(client: client, bus: id, endpoint: endpoint, waiting: waiting)
    }

    /// A serial port is the same by all of its names.
    private static func place(_ endpoint: ModbusEndpoint) -> String {
        guard let path = endpoint.serialPath else { return endpoint.description }
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
