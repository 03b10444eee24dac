import ArgumentParser
import Commands
import Diagnosing
import Domain
import Speech

/// What a scan asks for.
struct ScanOptions: ParsableArguments {
    @Flag(name: .long, help: .said(OptionHelpPhrase.scan))
    var scan = false

    @Option(name: .long, help: .said(OptionHelpPhrase.scanUnits))
    var units: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.replyTime))
    var replyTime = 300

    @Option(name: .long, help: .said(ScanHelpPhrase.broker, valueName: "broker"))
    var mqtt: String?

    @Option(name: .long, help: .said(ScanHelpPhrase.username))
    var username: String?

    @Option(name: .long, help: .said(ScanHelpPhrase.passwordFile))
    var passwordFile: String?

    @Flag(name: .customLong("lost-id"), help: .said(ScanHelpPhrase.lostID))
    var lostID = false

    @Flag(name: .long, help: .said(ScanHelpPhrase.yes))
    var yes = false

    /// What a scan asks for where no option says anything.
    static var standard: ScanOptions {
        var options = ScanOptions()
        options.units = nil
        options.replyTime = 300
        return options
    }

    func validate() throws {
        if mqtt != nil, !scan { throw wrongUse(.mqttNeedsScan) }
        guard (20...10_000).contains(replyTime) else { throw wrongUse(.betweenOf, "--reply-time", "20", "10000", "ms") }
    }

    /// - Parameter isSerial: on a line, 0 addresses every unit, and several may answer at a number above 247.
    func unitList(isSerial: Bool) throws -> [UInt8] {
        guard let units else { return isSerial ? Array(1...32) : [1, 255, 0] + Array(2...32) }
        let allowed: ClosedRange<Int> = isSerial ? 1...247 : 0...255
        var list: [UInt8] = []
        for part in units.split(separator: ",") {
            let ends = part.split(separator: "-", maxSplits: 1).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, allowed.contains(first),
                allowed.contains(last)
            else {
                throw wrongUse(.units, "\(allowed.lowerBound)", "\(allowed.upperBound)")
            }
            for unit in first...last where !list.contains(UInt8(unit)) { list.append(UInt8(unit)) }
        }
        return list
    }

    /// The settings to try, most likely first.
    func settings(_ line: LineOptions) throws -> [SerialSettings] {
        ScanPlan.settings(
            bauds: try line.baud.map(LineOptions.bauds) ?? Array(ScanPlan.likelyBauds.prefix(5)),
            parities: try line.parity.map(LineOptions.parities) ?? [.none, .even],
            stopBits: try line.stopBits.map(LineOptions.stopBits) ?? [1]
        )
    }
}
