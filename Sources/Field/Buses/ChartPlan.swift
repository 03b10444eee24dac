import Charting
import Domain
import Installation
import Profiles

/// The points that have a chart: the published numbers, in the configuration's order, as far as the memory goes.
struct ChartPlan {
    /// In bytes. It is room for more than 2,000 points.
    static let memory = 24_000_000

    /// The names of the points, by the device's id.
    private(set) var points: [String: Set<String>] = [:]
    private(set) var leftOut = 0

    init(_ devices: [Device], most: Int = memory / DeviceChart.bytesPerPoint) {
        var room = most
        for device in devices {
            let all = device.profile.points
            let numbers = device.profile.publicPoints.filter { all[$0].isNumber }.map { all[$0].name }
            let kept = numbers.prefix(room)
            points[device.id] = Set(kept)
            room -= kept.count
            leftOut += numbers.count - kept.count
        }
    }
}
