package import Diagnosing
package import Domain
import Modbus
import Platform
package import Profiles

/// Probes the devices of one Modbus bus one after the other, and distinguishes a silent device from a silent line.
package struct BusProbe {
    private let bus: any ProbeBus
    private let time: any TimeSource
    private let isStopping: () -> Bool
    private let search: ProfileSearch?

    /// - Parameter profiles: compared with a device that its own profile does not fit; empty to compare none.
    package init(
        bus: any ProbeBus,
        time: any TimeSource,
        profiles: [Profile] = [],
        isStopping: @escaping () -> Bool = { false }
    ) {
        search = profiles.isEmpty ? nil : ProfileSearch(profiles: profiles, isStopping: isStopping)
        self.bus = bus
        self.time = time
        self.isStopping = isStopping
    }

    /// - Parameter tell: called with each device's report: at once when the device answers, else when another one on
    ///   the bus has answered or all have been asked.
    package func run(_ targets: [ProbeTarget], tell: (DeviceReport) -> Void) {
        var silent: [DeviceReport] = []
        var someAnswered = false
        var unusable: [ProbeExchange] = []
        for target in targets where !isStopping() {
            guard let access = target.profile.modbus else { continue }
            var report = DeviceReport(target: target)
            if unusable.isEmpty {
                var probe = DeviceProbe(target: target, access: access, bus: bus, time: time, isStopping: isStopping)
                guard let known = probe.run() else { break }
                report = known
                // Without a port or a connection, there is no need to ask the other devices.
                unusable = report.exchanges.filter { $0.error?.isOfTheBus == true }
            } else {
                report.exchanges = unusable
            }
            if report.isAnswered { someAnswered = true }
            guard report.isAnswered || someAnswered else {
                silent.append(report)
                continue
            }
            flush(&silent, othersAnswer: true, tell)
            // One device alone: on a long line the silence of those that cannot say it would cost too much time.
            if targets.count == 1, report.exchanges.contains(where: { $0.block != nil }) {
                let timing = ReplyTiming(replyTime: access.replyTime, worstReply: access.worstReply / 5)
                report.identity = bus.identity(of: target.unit, timing: timing)
            }
            report.diagnose(at: bus.endpoint, othersAnswer: true)
            nameHolders(&report)
            do throws(ProbeFailure) {
                report.likeness = try search?.likeness(of: report, on: bus)
            } catch {
                // The report stands without it: the line went away after the device was asked.
            }
            tell(report)
        }
        if silent.isEmpty { return bus.close() }
        let isAlone = targets.count == 1 || silent.count == 1
        flush(&silent, othersAnswer: isAlone ? bus.othersAnswer(besides: silent.first?.target.device) : false, tell)
        bus.close()
    }

    private func flush(_ reports: inout [DeviceReport], othersAnswer: Bool?, _ tell: (DeviceReport) -> Void) {
        for var report in reports {
            report.diagnose(at: bus.endpoint, othersAnswer: othersAnswer)
            nameHolders(&report)
            report.finding = otherFraming(report) ?? report.finding
            tell(report)
        }
        reports = []
    }

    /// Asks a silent TCP port once in the other framing: Modbus TCP where RTU was passed, and the reverse. A device on
    /// the line takes neither frame for a request in its own framing: the checksum is wrong.
    private func otherFraming(_ report: DeviceReport) -> Finding? {
        guard bus is OwnBus, report.isAsked, let other = bus.endpoint.withOtherFraming,
            let request = report.exchanges.first(where: { $0.error?.isOfTheBus != true })?.request
        else { return nil }
        bus.close()
        let trial = OwnBus(endpoint: other, time: time)
        defer { trial.close() }
        // A port that cannot be asked says nothing new.
        guard let exchange = try? trial.exchange(request), exchange.isAnswered else { return nil }
        return .otherFraming(bus.endpoint.place, other.framing)
    }

    /// Names the program that has a busy port; or another one that has the port open without a lock, and takes replies
    /// away from this probe.
    private func nameHolders(_ report: inout DeviceReport) {
        report.finding = report.finding?.namingHolder
        guard bus is OwnBus, !report.isWell, let path = bus.endpoint.serialPath, report.isAsked else { return }
        report.sharedWith = FileHolder.all(of: path).first.map { "\($0)" }
    }
}
