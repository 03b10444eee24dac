import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Foundation
import Platform
import Profiles
import Speech

extension InitCommand {
    /// Lists the ports: name, maker, serial number, and who has each open.
    func list(_ ports: [SerialPortEntry]) {
        if ports.isEmpty {
            show(spoken(InitPhrase.noPorts))
            return
        }
        show(spoken(InitPhrase.ports))
        for port in ports {
            show("  \(port.name)")
            let holder = port.holders.first.map { spoken(InitPhrase.heldBy, "\($0)") }
            show("    " + [port.inWords, holder].compactMap(\.self).joined(separator: ", "))
        }
    }

    /// Scans what was chosen: free serial ports with the usual settings, and hosts.
    func look(
        _ chosen: [String],
        _ hosts: [String],
        _ ports: [SerialPortEntry],
        stop: StopFlag
    ) throws -> [InitPlan.Place] {
        var options = ScanOptions.standard
        options.units = units
        var places: [InitPlan.Place] = []
        var paths: [(path: String, remark: String?)] = []
        for word in chosen where word != "none" {
            guard word == "auto" else {
                paths.append((word, ports.first { $0.name == word || $0.device == word }?.inWords))
                continue
            }
            for port in ports {
                if let holder = port.holders.first {
                    show(spoken(InitPhrase.portMissing, port.name, "\(holder)"))
                } else {
                    paths.append((port.name, port.inWords))
                }
            }
        }
        let catalogue = profiles.load(into: ProblemLog())
        for (path, remark) in paths {
            let settings = ScanPlan.settings(
                bauds: Array(ScanPlan.likelyBauds.prefix(3)),
                parities: [.none, .even],
                stopBits: [1]
            )
            let plan = ScanPlan(settings: settings, units: try options.unitList(isSerial: true))
            let endpoint = ModbusEndpoint.serialLine(path: path, settings: settings[0])
            let finds = scan(endpoint, plan, catalogue, stop: stop)
            places.append(InitPlan.Place(endpoint: endpoint, remark: remark, finds: finds))
        }
        for host in hosts {
            let endpoint = try LineOptions.endpoint(tcp: host)
            let plan = ScanPlan(settings: [], units: try options.unitList(isSerial: false))
            places.append(
                InitPlan.Place(endpoint: endpoint, remark: nil, finds: scan(endpoint, plan, catalogue, stop: stop))
            )
        }
        return places
    }

    private func scan(
        _ endpoint: ModbusEndpoint,
        _ plan: ScanPlan,
        _ catalogue: ProfileCatalogue,
        stop: StopFlag
    ) -> [ScanFind] {
        let time = SystemClock()
        let style = TextStyle(language: .ofThisCommand, colour: false, columns: min(140, Terminal.columns ?? 80))
        let text = ScanText(style: style, endpoint: endpoint)
        let below = StatusLine(isShown: Terminal.columns != nil)
        let replyTime = Duration.milliseconds(300)
        show(spoken(InitPhrase.scanning, endpoint.place))
        if asks, endpoint.serialPath != nil {
            show(Sentence(InitPhrase.takesTime, .duration(replyTime * plan.count)).text(in: .ofThisCommand))
        }
        let scanner = Scanner(
            profiles: catalogue.all,
            replyTime: replyTime,
            time: time,
            isStopping: { stop.isRaised },
            bus: { settings in OwnBus(endpoint: settings.map(endpoint.with) ?? endpoint, time: time) }
        )
        var finds: [ScanFind] = []
        var isFailed = false
        scanner.run(plan) { news in
            switch news {
            case .asking(let step, let done, let count, let left):
                below.show(text.progress(step, done: done, of: count, left: left))
            case .found(let find):
                finds.append(find)
                below.erase()
                show(text.lines(find))
            case .failed(let exchange):
                isFailed = true
                below.erase()
                if let finding = Diagnoser().finding(of: [exchange], at: endpoint)?.namingHolder {
                    show(FindingText.lines(finding, style: style))
                }
            case .lost(let failure):
                isFailed = true
                below.erase()
                complain(failure.sentence)
            case .garbled: break
            }
        }
        below.erase()
        if finds.isEmpty, !isFailed { show("  " + spoken(InitPhrase.nothingFound)) }
        return finds
    }
}

extension SerialPortEntry {
    /// `FTDI FT232R USB UART, A5069RR4, ftdi_sio`
    var inWords: String { [maker, serialNumber, driver].compactMap(\.self).joined(separator: ", ") }
}

/// One run of systemctl.
enum SystemctlRun {
    /// Nil when it went well; else what it said.
    static func run(_ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["systemctl"] + arguments
        let pipe = Pipe()
        process.standardError = pipe
        do {
            try process.run()
        } catch {
            return "\(error)"
        }
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 0 { return nil }
        return words.split(separator: "\n").last.map(String.init) ?? "exit \(process.terminationStatus)"
    }
}
