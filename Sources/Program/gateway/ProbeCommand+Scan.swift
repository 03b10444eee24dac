import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import Platform
import Profiles
import Speech

extension ProbeCommand {
    /// Scans a line or a host: prints findings as they come, a bar below them on a terminal, and always a summary.
    func runScan(stop: StopFlag) throws -> ExitCode {
        let isSerial = line.serialPort != nil
        var settings = isSerial ? try scan.settings(line) : []
        let endpoint: ModbusEndpoint
        if let path = line.serialPort {
            endpoint = .serialLine(path: path, settings: settings[0], framing: try line.lineFraming ?? .rtu)
        } else {
            endpoint = try line.endpoint()
        }
        let time = SystemClock()
        let access = try lineAccess(stop: stop, time: time)
        let units = try scan.unitList(isSerial: endpoint.isShared)
        if let path = line.serialPort, access.held(endpoint) == nil, hearText(on: path, stop: stop) { return .success }
        guard let held = access.held(endpoint), let borrowed = access.borrowed(held.id, held.endpoint) else {
            return runScan(endpoint, settings: settings, units: units, time: time, stop: stop, access: access)
        }
        if line.takeLine {
            return try taken(borrowed) {
                // A scan that needs the line for longer than a probe may borrow it waits while the polls take their
                // turn.
                borrowed.waiting = waiting(stop: stop, time: time)
                return runScan(endpoint, settings: settings, units: units, time: time, stop: stop, renewing: borrowed)
            }
        }
        // Without the line itself the scan only searches unit ids, with the daemon's settings.
        if settings.count > 1 || settings.first != held.endpoint.serialSettings {
            let style = report.style
            let notice = style.text(Sentence(ScanNotice.borrowing, held.endpoint.description))
            for line in StyledText.wrapped(notice, to: style.columns) { complain(line) }
        }
        settings = []
        return runScan(held.endpoint, settings: settings, units: units, time: time, stop: stop, lent: borrowed)
    }

    /// - Parameters:
    ///   - access: opens the line in this process.
    ///   - lent: the line, lent by the daemon; nil if this process opens it.
    ///   - renewing: the line that the daemon has left; it takes the line back after ten minutes.
    private func runScan(
        _ endpoint: ModbusEndpoint,
        settings: [SerialSettings],
        units: [UInt8],
        time: SystemClock,
        stop: StopFlag,
        access: LineAccess? = nil,
        lent: BorrowedBus? = nil,
        renewing: BorrowedBus? = nil
    ) -> ExitCode {
        // Problems of profiles do not concern this command: what can be read of them still shows what to avoid.
        let catalogue = options.profileOptions.load(into: ProblemLog())
        let plan = ScanPlan(settings: settings, units: units)
        let scanner = Scanner(
            profiles: catalogue.all,
            replyTime: .milliseconds(scan.replyTime),
            time: time,
            isStopping: { stop.isRaised },
            bus: { settings in
                if let lent { return lent }
                // A daemon that has ended holds no line any more.
                try? renewing?.take()
                let endpoint = settings.map(endpoint.with) ?? endpoint
                return access?.own(endpoint) ?? OwnBus(endpoint: endpoint, time: time)
            }
        )
        if !report.json {
            let longest = Duration.milliseconds(scan.replyTime) * plan.count
            let notice = Sentence(ScanNotice.start, .text("\(plan.count)"), .duration(longest))
            Commands.show(StyledText.wrapped(report.style.text(notice), to: report.style.columns))
        }
        var display = ScanDisplay(report: report, endpoint: endpoint, plan: plan)
        let began = time.uptime()
        scanner.run(plan) { display.show($0) }
        display.end(took: time.uptime() - began, isInterrupted: stop.isRaised)
        return display.finds.isEmpty ? .field : .success
    }
}

/// Shows a scan's progress: on a terminal with a bar that stays below, elsewhere a line of text for each of the line's
/// settings.
struct ScanDisplay {
    private(set) var finds: [ScanFind] = []
    private let json: Bool
    private let below: StatusLine
    private let text: ScanText
    private let style: TextStyle
    private let endpoint: ModbusEndpoint
    private let plan: ScanPlan
    private var asked = 0
    private var count: Int
    private var shownSettings: SerialSettings??
    private var failed = false

    init(report: ReportOptions, endpoint: ModbusEndpoint, plan: ScanPlan) {
        json = report.json
        style = report.style
        text = ScanText(style: style, endpoint: endpoint)
        below = StatusLine(isShown: !report.json && Terminal.columns != nil)
        self.endpoint = endpoint
        self.plan = plan
        count = plan.count
    }

    mutating func show(_ news: ScanNews) {
        switch news {
        case .asking(let step, let done, let count, let left):
            asked = done + 1
            self.count = count
            if below.isShown {
                below.show(text.progress(step, done: done, of: count, left: left))
            } else if !json, shownSettings != .some(step.settings) {
                shownSettings = .some(step.settings)
                let units = plan.queue.filter { $0.settings == step.settings }.map(\.unit.number)
                Commands.show(text.heading(step.settings, units: "\(units.min() ?? 0)-\(units.max() ?? 0)"))
            }
        case .found(let find):
            finds.append(find)
            say(json ? [StyledText(json: ScanText.json(find))] : text.lines(find))
        case .garbled(let step, let exchange):
            if !json { say(text.garbled(step, exchange)) }
        case .failed(let exchange):
            failed = true
            if let finding = Diagnoser().finding(of: [exchange], at: endpoint)?.namingHolder {
                let line = ScanText.json(finding, endpoint, style.language)
                say(json ? [StyledText(json: line)] : text.lines(finding))
            }
        case .lost(let failure):
            failed = true
            complain(failure.sentence)
        }
    }

    mutating func end(took: Duration, isInterrupted: Bool) {
        below.erase()
        guard !json, !failed else { return }
        let lines = text.summary(finds, asked: asked, of: count, took: took, isInterrupted: isInterrupted)
        Commands.show(lines)
    }

    private func say(_ lines: [StyledText]) {
        below.erase()
        Commands.show(lines)
    }
}
