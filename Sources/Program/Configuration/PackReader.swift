import Documents
import Domain
import Installation

/// Reads `pack` and `state` of a destination.
enum PackReader {
    static func read(_ map: DocumentMap) -> (pack: Packing?, state: StatePublishing?) {
        let pack = map.optional("pack")?.mapping().map(packing)
        let node = map.optional("state")
        let state = node?.mapping().map(publishing)
        if node != nil, !map.has("pack") {
            node?.fail("needs \"pack\": without packs the readings themselves are retained")
        }
        return (pack, pack == nil ? nil : state)
    }

    private static func packing(_ map: DocumentMap) -> Packing {
        var packing = Packing()
        packing.live = map.optional("live")?.duration(in: .seconds(1) ... .seconds(600)) ?? packing.live
        packing.backfill = map.optional("backfill")?.bool() ?? packing.backfill
        map.finish()
        return packing
    }

    private static func publishing(_ map: DocumentMap) -> StatePublishing {
        var state = StatePublishing()
        state.retain = map.optional("retain")?.bool() ?? state.retain
        state.every = map.optional("every")?.duration(in: .seconds(1) ... .seconds(86_400)) ?? state.every
        map.finish()
        return state
    }
}
