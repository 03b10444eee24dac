import BoxPages
import Control
import PageParts

/// The technician's page as it stands, and its parts: many readers share one.
struct TechnicianView: Sendable {
    let page: [UInt8]
    let parts: [(id: String, html: HTML)]

    init(_ view: BoxView, telling: Telling) {
        let technician = TechnicianPage(view, telling: telling)
        page = Array(technician.html.text.utf8)
        parts = technician.parts
    }
}

extension GatewayDesk {
    /// The box with its last ten minutes; without them where the gateway keeps none.
    func recentView() async throws -> BoxView {
        let status = try await status()
        let recent = try? await history(HistoryRequest(.recent))  // an earlier gateway has none: no sparks then
        return BoxView(status, recent: recent)
    }
}
