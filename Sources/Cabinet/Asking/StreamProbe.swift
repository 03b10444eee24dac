package import Diagnosing
package import Domain
import Glibc
import Modbus
import Platform
package import Profiles

/// Listens to a device that sends text, or asks it, for a limited time.
package struct StreamProbe {
    private let endpoint: StreamEndpoint
    private let profiles: [Profile]
    private let time: any TimeSource
    private let isStopping: () -> Bool

    /// So many frames say whether a line is well.
    private static let enough = 20
    /// So many questions do.
    private static let questions = 3

    /// - Parameter profiles: those that may fit what comes, if the device's own does not.
    package init(
        endpoint: StreamEndpoint,
        profiles: [Profile],
        time: any TimeSource,
        isStopping: @escaping () -> Bool = { false }
    ) {
        self.endpoint = endpoint
        self.profiles = profiles
        self.time = time
        self.isStopping = isStopping
    }

    /// How long to listen to a device: one and a half of its intervals, 3 s to 30 s.
    package static func wait(for interval: Duration) -> Duration { min(.seconds(30), max(.seconds(3), interval * 1.5)) }

    /// Blocks until enough was heard or the time is over.
    ///
    /// - Parameter wait: how long to listen; nil means `wait(for:)`.
    package func run(_ target: ProbeTarget, wait: Duration? = nil) -> DeviceReport {
        guard var state = StreamState(target) else { return DeviceReport(target: target) }
        do throws(ModbusError.Kind) {
            let port = try StreamPort.open(endpoint, time: time)
            state.opened()
            let limit = wait ?? Self.wait(for: target.interval)
            let began = time.uptime()
            if let word = target.profile.stream?.ask {
                try ask(word, port, &state)
            } else {
                try listen(to: port, &state, until: began + limit)
            }
            return state.report(at: endpoint, waited: time.uptime() - began, among: profiles)
        } catch {
            var report = DeviceReport(target: target)
            report.finding = finding(of: error)
            return report
        }
    }

    private func finding(of kind: ModbusError.Kind) -> Finding {
        if kind == .portBusy, let holder = FileHolder.all(of: endpoint.place).first(where: \.isGateway) {
            return .text(.gatewayListens(place: endpoint.place, holder: "\(holder)"))
        }
        return Finding(opening: endpoint.failure(kind)).namingHolder
    }

    private func listen(
        to port: StreamPort,
        _ state: inout StreamState,
        until deadline: Uptime
    ) throws(ModbusError.Kind) {
        var quietSince = time.uptime()
        while !isStopping(), state.count < Self.enough {
            let now = time.uptime()
            guard now < deadline else { break }
            let new = try bytes(from: port, until: min(deadline, now + .milliseconds(200)))
            if new.isEmpty {
                if time.uptime() - quietSince >= .milliseconds(300) { state.fellSilent(stamp: time.stamp()) }
            } else {
                quietSince = time.uptime()
                state.take(new, stamp: time.stamp(), latency: nil)
            }
        }
    }

    private func ask(_ word: [UInt8], _ port: StreamPort, _ state: inout StreamState) throws(ModbusError.Kind) {
        let limit = state.target.profile.stream?.replyTime ?? .seconds(1)
        for _ in 0..<Self.questions where !isStopping() {
            _ = try port.read()
            state.wasAsked(word, at: time.stamp().time)
            let asked = time.uptime()
            try port.write(word)
            let before = state.withValues
            while state.withValues == before, time.uptime() < asked + limit {
                let new = try bytes(from: port, until: asked + limit)
                if !new.isEmpty { state.take(new, stamp: time.stamp(), latency: time.uptime() - asked) }
            }
            if state.withValues == before { state.fellSilent(stamp: time.stamp()) }
        }
    }

    /// Waits for bytes; empty where none came.
    private func bytes(from port: StreamPort, until deadline: Uptime) throws(ModbusError.Kind) -> [UInt8] {
        var waited = pollfd(fd: port.descriptor, events: Int16(POLLIN), revents: 0)
        let left = max(0, (deadline - time.uptime()).wholeMilliseconds)
        guard poll(&waited, 1, Int32(clamping: left)) > 0 else { return [] }
        return try port.read()
    }
}
