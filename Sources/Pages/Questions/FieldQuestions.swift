import Asking
import Control
package import Diagnosing
package import Domain
package import Installation
package import Platform
import Records
import Dispatch
import Modbus
import Profiles
import Synchronization

/// Asks a device through the running gateway, between two of its polls, as `gateway probe` does. One question at a
/// time; nothing is ever written to a device.
package final class FieldQuestions: Sendable {
    /// Why a question was not asked.
    package enum Refusal: Error, Hashable, Sendable {
        case noDevice(String)
        /// The device reports by itself; nobody can ask it.
        case notAsked(String)
        /// The configuration on disk cannot be used, with its problems in the reader's language.
        case configuration([String])
        case gateway(ProbeFailure)
        /// Another person's question is being asked.
        case atWork
    }

    /// A device of the configuration, and how to reach it.
    package struct Subject: Sendable {
        package var device: Device
        package var endpoint: ModbusEndpoint
        package var configuration: Configuration

        package var target: ProbeTarget { ProbeTarget(device) }

        /// The box' clock, trusted where the configuration says so.
        package var clock: SystemClock { SystemClock(trusted: configuration.clockTrusted) }
    }

    /// A record of ten rounds on a slow line takes a minute; nobody waits longer at a page.
    private static let longest = Duration.seconds(180)

    private let load: @Sendable () throws(Refusal) -> Configuration
    private let time: any TimeSource
    private let isAtWork = Atomic(false)

    /// - Parameter load: reads the configuration as it stands on disk.
    package init(time: any TimeSource, load: @escaping @Sendable () throws(Refusal) -> Configuration) {
        self.load = load
        self.time = time
    }

    /// The device, if it can be asked.
    package func subject(_ id: String) throws(Refusal) -> Subject {
        let configuration = try load()
        guard let device = configuration.devices.first(where: { $0.id == id }) else { throw .noDevice(id) }
        guard let endpoint = configuration.buses.first(where: { $0.id == device.bus })?.endpoint,
            device.profile.modbus != nil
        else { throw .notAsked(id) }
        return Subject(device: device, endpoint: endpoint, configuration: configuration)
    }

    /// Reads a device this many times. Blocks.
    package func rounds(_ count: Int, of subject: Subject) throws(Refusal) -> [DeviceReport] {
        try alone { (stop) throws(Refusal) in
            DeviceProbe.rounds(count, of: subject.target, from: try bus(of: subject, stop), stop: stop, time: time)
        }
    }

    /// Reads a device again and again. Blocks.
    ///
    /// - Parameter show: called about twice a second; returns whether anybody still looks.
    /// - Returns: the state at the end.
    package func watch(
        _ subject: Subject,
        for limit: Duration,
        show: (WatchState) -> Bool
    ) throws(Refusal) -> WatchState {
        try alone { (stop) throws(Refusal) in
            guard let bus = subject.configuration.buses.first(where: { $0.id == subject.device.bus }) else {
                throw .noDevice(subject.device.id)
            }
            // Made here, then used by the watch's thread alone.
            nonisolated(unsafe) let borrowed = try self.bus(of: subject, stop)
            let watch = FieldWatch([(bus, [subject.target])], time: time)
            watch.run(for: limit, stop: stop, open: { _, _ in borrowed }) { state in
                if !show(state) { stop.raise() }
            }
            return watch.snapshot
        }
    }

    /// Searches the device's registers for what its display shows. Blocks.
    package func search(
        _ display: DisplayValue,
        in subject: Subject,
        tell: @escaping (ExpectationNews) -> Void
    ) throws(Refusal) -> Finding? {
        try alone { (stop) throws(Refusal) in
            let profile = subject.device.profile
            let question = ExpectationSession.Question(
                unit: subject.device.unit,
                scope: ExpectationScope(profile: profile),
                timing: ReplyTiming(
                    replyTime: profile.modbus?.replyTime ?? .milliseconds(500),
                    worstReply: profile.modbus?.worstReply ?? .seconds(2)
                ),
                profile: profile
            )
            let bus = try bus(of: subject, stop)
            defer { bus.close() }
            var session = ExpectationSession(question, display: display, bus: bus, stop: stop, time: time, tell: tell)
            do throws(ProbeFailure) { return try session.search() } catch { throw .gateway(error) }
        }
    }

    private func bus(of subject: Subject, _ stop: StopFlag) throws(Refusal) -> BorrowedBus {
        let client: ControlClient
        do throws(SystemError) {
            client = try ControlClient(path: subject.configuration.controlSocket)
        } catch {
            throw .gateway(.lost("\(error)"))
        }
        let waiting = BorrowedBus.Waiting(stop: stop, time: time) { _ in }
        return BorrowedBus(client: client, bus: subject.device.bus, endpoint: subject.endpoint, waiting: waiting)
    }

    private func alone<Answer>(_ work: (StopFlag) throws(Refusal) -> Answer) throws(Refusal) -> Answer {
        if isAtWork.exchange(true, ordering: .acquiring) { throw .atWork }
        defer { isAtWork.store(false, ordering: .releasing) }
        let stop = StopFlag()
        let deadline = DispatchWorkItem { stop.raise() }
        DispatchQueue.global().asyncAfter(
            deadline: .now() + .seconds(Int(Self.longest.components.seconds)),
            execute: deadline
        )
        defer { deadline.cancel() }
        return try work(stop)
    }
}
