import ArgumentParser
import Commands
import Domain
import Foundation
import Speech

/// A line or a host that no configuration needs to contain, and one unit on it.
struct LineOptions: ParsableArguments {
    @Option(name: .customLong("serial"), help: ArgumentHelp(spoken(OptionHelpPhrase.serial), valueName: "path"))
    var serialPort: String?

    @Option(
        name: .customLong("tcp"),
        help: ArgumentHelp(spoken(OptionHelpPhrase.tcp), valueName: "host[:port]")
    )
    var tcpHost: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.baud))
    var baud: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.parity))
    var parity: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.stopBits))
    var stopBits: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.dataBits))
    var dataBits: Int?

    @Option(name: .long, help: .said(OptionHelpPhrase.framing))
    var framing: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.caFile))
    var caFile: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.certificateFile))
    var certificateFile: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.keyFile))
    var keyFile: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.unit))
    var unit: UInt8?

    @Flag(
        name: .long,
        help: .said(OptionHelpPhrase.takeLine)
    )
    var takeLine = false

    @Flag(
        name: .long,
        help: .said(OptionHelpPhrase.waitLine)
    )
    var waitLine = false

    var isGiven: Bool { serialPort != nil || tcpHost != nil }

    /// The endpoint to ask.
    ///
    /// - Parameter standard: the settings for what was not given; mostly the profile's line.
    func endpoint(standard: SerialSettings = SerialSettings()) throws -> ModbusEndpoint {
        var settings = standard
        if let baud { settings.baud = try one(try Self.bauds(baud), "--baud") }
        if let parity { settings.parity = try one(try Self.parities(parity), "--parity") }
        if let stopBits { settings.stopBits = try one(try Self.stopBits(stopBits), "--stop-bits") }
        if let dataBits {
            guard (7...8).contains(dataBits) else { throw wrongUse(.between, "--data-bits", "7", "8") }
            settings.dataBits = dataBits
        }
        if let tcpHost { return try endpoint(tcp: tcpHost, settings: settings) }
        guard let serialPort else { throw wrongUse(.nameLine) }
        let framing = try lineFraming ?? .rtu
        return .serialLine(path: serialPort, settings: settings, framing: framing)
    }

    private func endpoint(tcp text: String, settings: SerialSettings) throws -> ModbusEndpoint {
        let security = caFile.map { TLSFiles(caFile: $0, certificateFile: certificateFile, keyFile: keyFile) }
        let (host, port) = try Self.address(text, standardPort: security == nil ? 502 : 802)
        if let framing = try lineFraming {
            return .lineOverTCP(host: host, port: port, framing: framing, settings: settings)
        }
        return .modbusTCP(host: host, port: port, security: security)
    }

    /// The framing of a line that was asked for; nil where none was, or that of Modbus TCP.
    var lineFraming: ModbusFraming? {
        get throws {
            switch framing {
            case nil, "mbap": nil
            case "rtu": .rtu
            case "ascii": .ascii
            case let word?: throw wrongUse(.cannotBe, "--framing", word)
            }
        }
    }

    private func one<T>(_ values: [T], _ option: String) throws -> T {
        guard values.count == 1 else { throw wrongUse(.severalOnlyInScan, option) }
        return values[0]
    }

    static func endpoint(tcp text: String) throws -> ModbusEndpoint {
        let (host, port) = try address(text, standardPort: 502)
        return .modbusTCP(host: host, port: port)
    }

    /// `HOST`, `HOST:PORT` or `[ADDRESS]:PORT`.
    static func address(_ text: String, standardPort: Int) throws -> (host: String, port: Int) {
        let wrong = wrongUse(.tcpAddress, text)
        var host = Substring(text)
        var port: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw wrong }
            host = text[text.index(after: text.startIndex)..<close]
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw wrong }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard let number = port.map({ Int($0) }) ?? standardPort, (1...65_535).contains(number), !host.isEmpty else {
            throw wrong
        }
        return (String(host), number)
    }

    static func bauds(_ text: String) throws -> [Int] {
        try list(text, "--baud") { Int($0).flatMap { SerialSettings.knownBaudRates.contains($0) ? $0 : nil } }
    }

    static func parities(_ text: String) throws -> [SerialSettings.Parity] {
        try list(text, "--parity") { word in
            SerialSettings.Parity.allCases.first { $0.rawValue.hasPrefix(word.lowercased()) }
        }
    }

    static func stopBits(_ text: String) throws -> [Int] {
        try list(text, "--stop-bits") { Int($0).flatMap { (1...2).contains($0) ? $0 : nil } }
    }

    private static func list<T>(_ text: String, _ option: String, _ value: (String) -> T?) throws -> [T] {
        try text.split(separator: ",").map { part in
            guard let value = value(part.trimmingCharacters(in: .whitespaces)) else {
                throw wrongUse(.cannotBe, option, String(part))
            }
            return value
        }
    }
}
