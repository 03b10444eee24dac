import ArgumentParser
import Asking
import Commands
import Control
import Domain
import Glibc
import Installation
import Platform
import Speech

/// Opens a bus: in this process, or through a daemon that has it open.
struct LineAccess: Sendable {
    /// The daemon's socket; nil when none runs.
    private let socket: String?
    private let buses: [Configuration.Bus]
    private let time: SystemClock
    private let waiting: BorrowedBus.Waiting?
    private let ownWaiting: OwnBus.Waiting?

    /// - Parameters:
    ///   - configuration: the configuration of a running daemon; nil if there is none to read.
    ///   - waiting: as in `BorrowedBus`.
    ///   - ownWaiting: as in `OwnBus`.
    /// - Throws: `ExitCode.field`, after reporting why, when a daemon runs that this user may not ask.
    init(
        _ configuration: Configuration?,
        time: SystemClock,
        waiting: BorrowedBus.Waiting?,
        ownWaiting: OwnBus.Waiting? = nil
    ) throws {
        self.waiting = waiting
        self.ownWaiting = ownWaiting
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
        borrowed(id, endpoint) ?? own(endpoint)
    }

    /// The bus that this process opens itself.
    func own(_ endpoint: ModbusEndpoint) -> OwnBus { OwnBus(endpoint: endpoint, time: time, waiting: ownWaiting) }

    /// The running daemon's bus at this place, whatever its line's settings; nil if it has none.
    func held(_ endpoint: ModbusEndpoint) -> (id: String, endpoint: ModbusEndpoint)? {
        guard socket != nil else { return nil }
        for bus in buses {
            if let there = bus.endpoint, Self.place(there) == Self.place(endpoint) { return (bus.id, there) }
        }
        return nil
    }

    /// The bus through the daemon; nil without a daemon.
    func borrowed(_ id: String, _ endpoint: ModbusEndpoint) -> BorrowedBus? {
        // A daemon that has ended since counts as none.
        guard let socket, let client = try? ControlClient(path: socket) else { return nil }
        return BorrowedBus(client: client, bus: id, endpoint: endpoint, waiting: waiting)
    }

    /// The real path of a serial port, which may have several names.
    private static func place(_ endpoint: ModbusEndpoint) -> String {
        guard let path = endpoint.serialPath else { return endpoint.place }
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
