import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import Installation
import MQTT
import Platform
import Profiles
import Speech

extension ProbeCommand {
    /// The serial ports of this machine, and what to type for a scan.
    func listPorts() -> ExitCode {
        let style = report.style
        let ports = SerialPortEntry.all()
        func say(_ phrase: ScanNotice, _ arguments: String...) {
            Commands.show(StyledText.wrapped(style.text(Sentence(phrase, arguments: arguments)), to: style.columns))
        }
        if ports.isEmpty {
            say(.noPorts)
            return .field
        }
        say(.ports)
        for port in ports {
            let names = port.name == port.device ? port.name : "\(port.name) (\(port.device))"
            var text: StyledText = "  " + style.text(Sentence(ScanNotice.port, names, port.driver))
            if let holder = port.holders.first {
                text += ", " + style.yellow(style.text(Sentence(ScanNotice.heldPort, "\(holder)")))
            }
            Commands.show(text)
        }
        say(.typeThis, (ports.first { $0.holders.isEmpty } ?? ports[0]).name)
        return .success
    }

    /// Listens to a broker, and says which devices speak there and what to write into the configuration.
    func listen(to text: String, stop: StopFlag) throws -> ExitCode {
        let style = report.style
        let address = try brokerAddress(text)
        let configuration = access(options.config, R_OK) == 0 ? options.load(into: ProblemLog()) : nil
        let settings = settings(address, configuration)
        let broker = "\(address.tls ? "mqtts" : "mqtt")://\(address)"
        let waited = Duration.seconds(wait ?? 30)
        let text = TopicScanText(style: style, broker: broker)
        // Problems of profiles do not concern this command.
        let profiles = options.profileOptions.load(into: ProblemLog()).all
        let below = StatusLine(isShown: Terminal.columns != nil && !report.json)
        if !report.json {
            let start = Sentence(ScanNotice.startTopics, .text(broker), .duration(waited))
            Commands.show(StyledText.wrapped(style.text(start), to: style.columns))
        }
        let scan = TopicScan(profiles: profiles, settings: settings, time: SystemClock())
        let (survey, finding) = scan.run(for: waited, stop: stop) { below.show(text.progress($0, left: $1)) }
        below.erase()
        if let finding, survey.messages == 0 {
            Commands.show(FindingText.lines(finding, style: style))
            return .field
        }
        if report.json {
            for find in survey.finds { Commands.show(json: TopicScanText.json(find).utf8) }
        } else {
            Commands.show(text.lines(survey, waited: waited))
        }
        return survey.finds.isEmpty ? .field : .success
    }

    /// `host`, `host:port`, `mqtt://host` or `mqtts://host`.
    private func brokerAddress(_ text: String) throws -> MQTTAddress {
        let tls = text.hasPrefix("mqtts://")
        let rest = tls ? text.dropFirst(8) : text.hasPrefix("mqtt://") ? text.dropFirst(7) : text[...]
        let (host, port) = try LineOptions.address(String(rest), standardPort: tls ? 8_883 : 1_883)
        return MQTTAddress(host: host, port: port, tls: tls)
    }

    /// The user and certificates of the configuration's bus at this broker, or those of the command line.
    private func settings(_ address: MQTTAddress, _ configuration: Configuration?) -> MQTTSettings {
        let clientID = "\(configuration?.gateway ?? "gateway").scan.probe.\(getpid())"
        for bus in configuration?.buses ?? [] where scan.username == nil {
            guard case .mqtt(let broker) = bus.kind,
                broker.addresses.contains(where: { $0.host == address.host && $0.port == address.port })
            else { continue }
            var settings = MQTTSettings(broker.forProbe, clientID: clientID)
            settings.addresses = [address]
            return settings
        }
        let file = scan.passwordFile
        return MQTTSettings(
            addresses: [address],
            clientID: clientID,
            username: scan.username,
            password: { try file.map { try SecretFile.read($0) } }
        )
    }
}
