import Configuration
import Indicators
import Installation
import Profiles
import Speech

/// What `gateway check` says of devices whose readings go out by exception.
enum SendNotes {
    static func of(_ configuration: Configuration, _ plan: IndicatorPlan) -> [Sentence] {
        let devices = configuration.devices.filter(\.send.isByException)
        guard !devices.isEmpty else { return [] }
        let some = Sentence(SendPhrase.some, "\(devices.count)", "\(configuration.devices.count)")
        return [some] + devices.flatMap { notes(of: $0, plan) }
    }

    private static func notes(of device: Device, _ plan: IndicatorPlan) -> [Sentence] {
        var notes: [Sentence] = []
        let points = device.send.deadbands.keys.sorted().filter { !plan.indicators(of: device.id, taking: $0).isEmpty }
        let indicators = points.flatMap { plan.indicators(of: device.id, taking: $0) }
        if !points.isEmpty {
            let names = Set(indicators).sorted().joined(separator: ", ")
            notes.append(Sentence(SendPhrase.approximate, device.id, points.joined(separator: ", "), names))
        }
        if device.profile.mqtt?.messages.contains(where: { $0.time != nil }) == true {
            notes.append(Sentence(SendPhrase.dated, device.id))
        }
        return notes
    }
}
