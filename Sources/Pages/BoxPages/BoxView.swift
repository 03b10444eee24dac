package import Control
package import Domain

/// What a page shows of a box, all of one moment: the typed answers of the running gateway, and nothing computed here.
package struct BoxView: Sendable {
    package var status: SystemStatus
    /// The last ten minutes; nil from a gateway that keeps none.
    package var recent: History?
    /// The last 24 hours.
    package var day: History?

    package init(_ status: SystemStatus, recent: History? = nil, day: History? = nil) {
        self.status = status
        self.recent = recent
        self.day = day
    }

    /// When the gateway answered.
    package var now: Instant { Instant(iso8601: status.time) ?? Instant(millisecondsSince1970: 0) }

    func device(_ id: String) -> DeviceStatus? { status.devices.first { $0.id == id } }

    func bus(of device: DeviceStatus) -> BusStatus? { status.buses.first { $0.id == device.bus } }

    func site(_ id: String) -> SiteStatus? { status.sites?.first { $0.id == id } }

    /// The means of a point's last ten minutes.
    func spark(of device: String, _ point: String) -> [Double?] {
        recent?.points.first { $0.device == device && $0.point == point }?.mean ?? []
    }
}
