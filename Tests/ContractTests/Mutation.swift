import Testing

/// A golden payload with one rule of the contract broken.
struct Mutation: CustomTestStringConvertible, Sendable {
    /// The golden file's name.
    let golden: String
    /// The rule that it breaks.
    let fault: String
    private let old: String
    private let new: String

    init(_ golden: String, _ fault: String, _ old: String, _ new: String) {
        (self.golden, self.fault, self.old, self.new) = (golden, fault, old, new)
    }

    var testDescription: String { "\(golden): \(fault)" }

    /// Returns the schema of a golden file: its folder's name, except for figures.
    static func schema(of golden: String) -> String {
        let folder = golden.split(separator: "/").first.map(String.init) ?? golden
        return folder == "figure" ? "indicator" : folder
    }

    private func payload() throws -> String {
        let text = try GoldenFiles.text(of: golden)
        guard text.contains(old) else { throw Missing(words: "\(old) in \(golden)") }
        return text.replacing(old, with: new, maxReplacements: 1)
    }

    /// What is wrong with each of them, in the validator's words.
    static let complaints = Result {
        let payloads = try all.map { (schema: schema(of: $0.golden), text: try $0.payload()) }
        return Dictionary(
            uniqueKeysWithValues: zip(all.map(\.testDescription), try SchemaCheck.complaints(payloads))
        )
    }

    static let all = ofGateways + ofCity

    private static let ofGateways: [Mutation] = [
        Mutation("pack/live", "no array", #"[{"v":1"#, #"[1,{"v":1"#),
        Mutation("pack/live", "an entry without its number", #""seq":41,"#, ""),
        Mutation("pack/live", "an event without its data", #","data":{"#, #","date":{"#),
        Mutation("pack/late", "an entry that is late and says no", #""historical":true"#, #""historical":false"#),
        Mutation("reading/live", "another version", #""v":1"#, #""v":2"#),
        Mutation("reading/live", "no version", #""v":1,"#, ""),
        Mutation("reading/live", "no id", #""id":"kdr-soyo-01.7-3f2a9c1d.1234567","#, ""),
        Mutation("reading/live", "an id without its epoch", "kdr-soyo-01.7-3f2a9c1d.1234567", "kdr-soyo-01.1234567"),
        Mutation("reading/live", "a gateway in capitals", #""gateway":"kdr-soyo-01""#, #""gateway":"KDR-SOYO-01""#),
        Mutation("reading/live", "an epoch that is a number", #""epoch":"7-3f2a9c1d""#, #""epoch":7"#),
        Mutation("reading/live", "an epoch of seven digits", #""epoch":"7-3f2a9c1d""#, #""epoch":"7-3f2a9c1""#),
        Mutation("reading/live", "a seq of zero", #""seq":1234567"#, #""seq":0"#),
        Mutation("reading/live", "a seq in quotes", #""seq":1234567"#, #""seq":"1234567""#),
        Mutation("reading/live", "no site", #""site":"sumber-soyo","#, ""),
        Mutation("reading/live", "no device", #""device":"flow-soyo","#, ""),
        Mutation("reading/live", "a device with a slash", #""device":"flow-soyo""#, #""device":"flow/soyo""#),
        Mutation("reading/live", "a time without milliseconds", "09:18:09.944Z", "09:18:09Z"),
        Mutation(
            "reading/live",
            "a local time",
            #""time":"2026-11-21T09:18:09.944Z""#,
            #""time":"2026-11-21T16:18:09.944+07:00""#
        ),
        Mutation("reading/live", "no time", #""time":"2026-11-21T09:18:09.944Z","#, ""),
        Mutation(
            "reading/live",
            "an unknown state of the clock",
            #""clock":"synchronised""#,
            #""clock":"synchronized""#
        ),
        Mutation("reading/live", "no clock", #""clock":"synchronised","#, ""),
        Mutation(
            "reading/live",
            "a boot beside a synchronised clock",
            #""clock":"synchronised""#,
            #""clock":"synchronised","boot":"b00t""#
        ),
        Mutation(
            "reading/live",
            "an uptime beside a synchronised clock",
            #""clock":"synchronised""#,
            #""clock":"synchronised","uptime_ms":100000"#
        ),
        Mutation("reading/without-a-clock", "no boot beside an unsynchronised clock", #""boot":"b00t","#, ""),
        Mutation("reading/without-a-clock", "no uptime beside an unsynchronised clock", #""uptime_ms":100000,"#, ""),
        Mutation("reading/without-a-clock", "a negative uptime", #""uptime_ms":100000"#, #""uptime_ms":-1"#),
        Mutation(
            "reading/live",
            "a live reading that is historical",
            #""clock":"synchronised""#,
            #""clock":"synchronised","historical":true"#
        ),
        Mutation("reading/live", "no points", #","points":{"#, #","pints":{"#),
        Mutation("reading/without-points", "points in a list", #""points":{}"#, #""points":[]"#),
        Mutation("reading/live", "a point's name in capitals", #""discharge""#, #""Discharge""#),
        Mutation("reading/live", "a point without a value", #""value":12.53,"#, ""),
        Mutation("reading/live", "a value that is a list", #""value":12.53"#, #""value":[12.53]"#),
        Mutation("reading/live", "an empty unit", #""unit":"L/s""#, #""unit":"""#),
        Mutation(
            "reading/live",
            "a good quality that is told",
            #""value":12.53"#,
            #""value":12.53,"quality":"good","reason":"crc""#
        ),
        Mutation("reading/live", "a quality without a reason", #","reason":"timeout""#, ""),
        Mutation("reading/live", "a reason without a quality", #""quality":"bad","#, ""),
        Mutation("reading/live", "a null that is good", #","quality":"bad","reason":"timeout""#, ""),
        Mutation("reading/live", "a timeout that is only uncertain", #""quality":"bad""#, #""quality":"uncertain""#),
        Mutation(
            "reading/live",
            "an exception that is only uncertain",
            #""quality":"bad","reason":"timeout""#,
            #""quality":"uncertain","reason":"exception_2""#
        ),
        Mutation(
            "reading/status-word-in-parts",
            "an unstable weight that is bad",
            #""quality":"uncertain""#,
            #""quality":"bad""#
        ),
        Mutation("reading/live", "a reason in words", #""reason":"timeout""#, #""reason":"no reply""#),
        Mutation(
            "reading/live",
            "a part of a text that is too long",
            #""value":12.53"#,
            #""value":"abc","quality":"bad","reason":"too_long""#
        ),
        Mutation("reading/live", "an increase without since", #","since":"2026-11-21T09:18:04.944Z""#, ""),
        Mutation("reading/live", "since without an increase", #""increase":0.0625,"#, ""),
        Mutation("reading/live", "a negative increase", #""increase":0.0625"#, #""increase":-0.0625"#),
        Mutation(
            "reading/live",
            "an increase of a bad total",
            #""increase":0.0625"#,
            #""quality":"bad","reason":"out_of_range","increase":0.0625"#
        ),
        Mutation(
            "reading/live",
            "an increase of a retained total",
            #""increase":0.0625"#,
            #""quality":"uncertain","reason":"retained","increase":0.0625"#
        ),
        Mutation("reading/live", "an increase without a total", #""value":184223.75"#, #""value":"184223.75""#),
        Mutation("reading/status-word-in-parts", "a field that is a word", #""step":82"#, #""step":"82""#),
        Mutation("reading/status-word-in-parts", "fields of no whole number", #""value":20992"#, #""value":20992.5"#),
        Mutation("reading/with-all-members", "no poll missed", #""missed":2"#, #""missed":0"#),
        Mutation("reading/with-all-members", "half a message left out", #""thinned":7"#, #""thinned":7.5"#),
        Mutation(
            "reading/with-all-members",
            "a spread of less than a second",
            #""spread_ms":1250"#,
            #""spread_ms":250"#
        ),
        Mutation(
            "reading/with-all-members",
            "a device's time as a number",
            #""source_time":"2026-11-21T09:18:03.500Z""#,
            #""source_time":1795252683.5"#
        ),
        Mutation("backfill/late", "a late reading that does not say so", #""historical":true,"#, ""),
        Mutation("backfill/late", "a late reading that denies it", #""historical":true"#, #""historical":false"#),
        Mutation("backfill/late", "no id", #""id":"kdr-soyo-01.7-3f2a9c1d.1234567","#, ""),
        Mutation("backfill/late", "no points", #","points":{"#, #","pints":{"#),
        Mutation("backfill/late", "a quality without a reason", #","reason":"timeout""#, ""),
        Mutation("backfill/without-a-clock", "no boot beside an unsynchronised clock", #""boot":"b00t","#, ""),
        Mutation(
            "backfill/late",
            "an uptime beside a synchronised clock",
            #""clock":"synchronised""#,
            #""clock":"synchronised","uptime_ms":100000"#
        ),
        Mutation("device-event/passage", "no event", #""event":"passage","#, ""),
        Mutation(
            "device-event/passage",
            "an event's name with a blank",
            #""event":"passage""#,
            #""event":"a passage""#
        ),
        Mutation("device-event/passage", "an unknown severity", #""severity":"info""#, #""severity":"notice""#),
        Mutation("device-event/passage", "no severity", #""severity":"info","#, ""),
        Mutation("device-event/passage", "no device", #""device":"cam","#, ""),
        Mutation("device-event/passage", "no site", #""site":"bsu-tosaren","#, ""),
        Mutation("device-event/passage", "no data", #""data":{"#, #""date":{"#),
        Mutation("device-event/passage", "data without an event_id", #""event_id":"1607123955.475377-mxklsc","#, ""),
        Mutation(
            "device-event/passage",
            "an empty event_id",
            #""event_id":"1607123955.475377-mxklsc""#,
            #""event_id":"""#
        ),
        Mutation(
            "device-event/passage",
            "an event_id that is a number",
            #""event_id":"1607123955.475377-mxklsc""#,
            #""event_id":1607123955"#
        ),
        Mutation(
            "device-event/passage",
            "a local source_time",
            #""source_time":"2020-12-04T23:19:22.500Z""#,
            #""source_time":"2020-12-05T06:19:22.500""#
        ),
        Mutation(
            "device-event/passage-late",
            "a late event that denies it",
            #""historical":true"#,
            #""historical":false"#
        ),
        Mutation(
            "device-event/passage-without-a-clock",
            "no uptime beside an unsynchronised clock",
            #","uptime_ms":100000"#,
            ""
        ),
        Mutation(
            "device-event/too-long",
            "nothing that is too long",
            #""too_long":["class","zones"]"#,
            #""too_long":[]"#
        ),
        Mutation("device-event/too-long", "too long said twice", #"["class","zones"]"#, #"["class","class"]"#),
        Mutation("device-event/weighing", "a weighing without its weight", #""net":12.5,"#, ""),
        Mutation("device-event/weighing", "a weighing of nothing", #""net":12.5"#, #""net":0"#),
        Mutation("device-event/weighing", "a weighing without labels", #""labels":{"category":"plastik"},"#, ""),
        Mutation("device-event/weighing", "a label that is a number", #""category":"plastik""#, #""category":7"#),
        Mutation(
            "device-event/weighing",
            "a weighing that was never stable",
            #""stable_at":"2026-11-21T09:18:10.944Z","#,
            ""
        ),
        Mutation(
            "device-event/weighing",
            "a weighing that was never cleared",
            #","cleared_at":"2026-11-21T09:18:12.944Z""#,
            ""
        ),
        Mutation("gateway-event/gap-limit", "a gap that is no alarm", #""severity":"alarm""#, #""severity":"warning""#),
        Mutation(
            "gateway-event/gap-not-kept",
            "an alarm about what had been acknowledged once",
            #""severity":"warning""#,
            #""severity":"alarm""#
        ),
        Mutation("gateway-event/gap-not-kept", "a gap that names nobody", #"["city"]"#, "[]"),
        Mutation("request/for-entries-again", "no epoch", #""epoch":"7-3f2a9c1d","#, ""),
        Mutation("request/for-entries-again", "no range", "[[97,106],[112,112]]", "[]"),
        Mutation("request/for-entries-again", "half a range", "[97,106]", "[97]"),
        Mutation("request/for-entries-again", "a seq of zero", "[97,106]", "[0,106]"),
        Mutation("status/with-what-is-owed", "an epoch that owes nothing", "[[83,83]]", "[]"),
        Mutation("status/with-what-is-owed", "a range without an end", "[83,83]", "[83]"),
        Mutation("status/with-what-is-owed", "nothing asked again", #""asked_again":12"#, #""asked_again":0"#),
        Mutation("gateway-event/gap-limit", "a gap of an unknown reason", #""reason":"limit""#, #""reason":"lost""#),
        Mutation("gateway-event/gap-limit", "a gap without a count", #","count":20"#, ""),
        Mutation("gateway-event/gap-limit", "a gap of nothing", #""count":20"#, #""count":0"#),
        Mutation("gateway-event/gap-limit", "a gap without an epoch", #""epoch":"6-00c0ffee","#, ""),
        Mutation("gateway-event/gap-limit", "a gap from zero", #""first":12"#, #""first":0"#),
        Mutation("gateway-event/gap-limit", "a gap without an end", #""last":40,"#, ""),
        Mutation(
            "gateway-event/gap-limit",
            "a gap whose destinations are a word",
            #""destinations":["archive","city"]"#,
            #""destinations":"city""#
        ),
        Mutation(
            "gateway-event/gap-destination-removed",
            "a removed destination without a name",
            #""destination":"city","#,
            ""
        ),
        Mutation(
            "gateway-event/gap-destination-removed",
            "a removed destination that was owed nothing",
            #"{"epoch":"6-00c0ffee","first":40,"last":49,"count":9},{"epoch":"7-3f2a9c1d","first":1,"last":3,"#
                + #""count":3}"#,
            ""
        ),
        Mutation(
            "gateway-event/gap-destination-removed",
            "lost entries without a count",
            #""last":49,"count":9"#,
            #""last":49"#
        ),
        Mutation(
            "gateway-event/gap-destination-removed",
            "a removed destination that is an alarm",
            #""severity":"warning""#,
            #""severity":"alarm""#
        ),
        Mutation(
            "gateway-event/quarantine",
            "a quarantine that is no alarm",
            #""severity":"alarm""#,
            #""severity":"info""#
        ),
        Mutation("gateway-event/quarantine", "a quarantine of no entry", #""seq":12,"#, ""),
        Mutation("gateway-event/quarantine", "a code that is no refusal", #""code":149"#, #""code":16"#),
        Mutation(
            "gateway-event/broker-refuses",
            "a refusal that is only information",
            #""severity":"warning""#,
            #""severity":"info""#
        ),
        Mutation(
            "gateway-event/broker-refuses",
            "a refusal without since",
            #","since":"2026-11-21T09:18:09.944Z""#,
            ""
        ),
        Mutation("gateway-event/cloned-storage", "a clone of nothing", #","before":"8899aabbccddeeff""#, ""),
        Mutation(
            "gateway-event/cloned-storage",
            "an id in place of a fingerprint",
            "0011223344556677",
            "00112233445566770011223344556677"
        ),
        Mutation("gateway-event/identity-cloned", "a clone without a destination", #""destination":"city""#, ""),
        Mutation(
            "gateway-event/clock-synchronised",
            "a clock without its boot's time",
            #","boot_time_ms":1795252589944"#,
            ""
        ),
        Mutation(
            "gateway-event/clock-synchronised",
            "a boot's time in words",
            #""boot_time_ms":1795252589944"#,
            #""boot_time_ms":"2026-11-21T09:16:29.944Z""#
        ),
        Mutation(
            "gateway-event/storage-corrupt-file-set-aside",
            "a damaged file without a name",
            #""file":"/var/lib/gateway/journal.sqlite.damaged-1","#,
            ""
        ),
        Mutation(
            "gateway-event/storage-slow-commit",
            "a slow commit of half a second",
            #""milliseconds":2345"#,
            #""milliseconds":500"#
        ),
        Mutation(
            "gateway-event/storage-resumed",
            "a disk that does something unknown",
            #""what":"resumed""#,
            #""what":"sings""#
        ),
        Mutation(
            "gateway-event/storage-stalled-full",
            "a stalled disk that is no alarm",
            #""severity":"alarm""#,
            #""severity":"warning""#
        ),
        Mutation(
            "gateway-event/recomputed",
            "days that are times",
            #""from":"2026-11-01""#,
            #""from":"2026-11-01T00:00:00.000Z""#
        ),
        Mutation("gateway-event/recomputed", "nobody who asked", #""by":"sari","#, ""),
        Mutation("gateway-event/recomputed", "an old value that is a number", #""old":"12.5""#, #""old":12.5"#),
        Mutation("gateway-event/recomputed", "a changed figure of no scope", #""scope":"gateway","#, ""),
        Mutation("gateway-event/start-after-an-end-in-order", "a start without a version", #""version":"0.1.0","#, ""),
        Mutation(
            "gateway-event/start-after-an-end-in-order",
            "an end in order that is a word",
            #""clean":true"#,
            #""clean":"yes""#
        ),
        Mutation(
            "gateway-event/start-after-an-end-in-order",
            "a previous epoch without its end",
            #""committed_through":83,"#,
            ""
        ),
        Mutation("gateway-event/stop-asked", "a stop without a reason", #""reason":"asked""#, ""),
        Mutation(
            "gateway-event/configuration-accepted",
            "an accepted configuration without buses",
            #""buses":["dead"],"#,
            ""
        ),
        Mutation(
            "gateway-event/configuration-accepted",
            "an accepted configuration that is a warning",
            #""severity":"info""#,
            #""severity":"warning""#
        ),
        Mutation(
            "gateway-event/configuration-refused",
            "a refused configuration without a reason",
            #","reason":"the new configuration is refused; the running one stays""#,
            ""
        ),
        Mutation("gateway-event/moved", "a move from nowhere", #""from":"sumber-soyo","#, ""),
        Mutation("gateway-event/moved", "a move of no device", #""device":"probe","site":"sumber-bulus","#, ""),
        Mutation("gateway-event/device-down-modbus", "a silence without a reason", #""reason":"no_connection","#, ""),
        Mutation("gateway-event/device-up", "a device at no site", #","site":"sumber-soyo""#, ""),
        Mutation("meta/with-everything", "no gateway", #""gateway":"kdr-soyo-01","#, ""),
        Mutation(
            "meta/with-the-minimum",
            "a site that is a word",
            #""site":{"id":"sumber-soyo","name":"sumber-soyo"}"#,
            #""site":"sumber-soyo""#
        ),
        Mutation("meta/with-everything", "a site without an id", #""id":"sumber-soyo","#, ""),
        Mutation("meta/with-everything", "a latitude beyond the pole", #""latitude":-7.85"#, #""latitude":-97.85"#),
        Mutation(
            "meta/with-everything",
            "a device that measures something unknown",
            #""measures":"water""#,
            #""measures":"noise""#
        ),
        Mutation("meta/with-everything", "no profile", #""profile":"flow","#, ""),
        Mutation("meta/with-everything", "a verification by nobody", #""by":"Diskominfo","#, ""),
        Mutation("meta/with-everything", "a verification on no day", #""on":"2026-10-03""#, #""on":"3 October""#),
        Mutation(
            "meta/with-the-minimum",
            "a verification that is just true",
            #""verified":false"#,
            #""verified":true"#
        ),
        Mutation("meta/with-the-minimum", "no verification", #""verified":false,"#, ""),
        Mutation("meta/with-the-minimum", "an interval of nothing", #""interval_ms":10"#, #""interval_ms":0"#),
        Mutation("meta/with-the-minimum", "no points", #","points":{"errors":{}}"#, ""),
        Mutation("meta/with-everything", "a counter that is none", #""counter":true"#, #""counter":false"#),
        Mutation("meta/with-everything", "a range of one bound", #""range":[-32,32]"#, #""range":[-32]"#),
        Mutation("meta/with-everything", "a label that is a number", #""category":"plastik""#, #""category":7"#),
        Mutation("status/online", "an unknown state", #""state":"online""#, #""state":"up""#),
        Mutation("status/online", "no epoch", #""epoch":"1-6ab32400","#, ""),
        Mutation("status/online", "no devices", #""devices":{"total":4,"answering":2,"verified":1},"#, ""),
        Mutation("status/online", "no storage", #","storage":{"bytes":163840,"limit":64000000}"#, ""),
        Mutation("status/online", "no clock", #""clock":"synchronised","#, ""),
        Mutation("status/online", "less than no devices", #""answering":2"#, #""answering":-2"#),
        Mutation("status/online", "a connection that is a word", #""connected":true"#, #""connected":"yes""#),
        Mutation("status/online", "no pending", #""pending":1,"#, ""),
        Mutation("status/online", "an oldest of none", #""pending":1"#, #""pending":0"#),
        Mutation("status/online", "an oldest without milliseconds", "01:38:29.499Z", "01:38:29Z"),
        Mutation("status/online", "a storage without a limit", #""limit":64000000"#, #""limits":64000000"#),
        Mutation("status/with-the-box", "a load above all of it", #""load":0.12"#, #""load":12"#),
        Mutation("status/with-the-box", "a bus without errors", #","errors":3"#, ""),
        Mutation("status/with-the-box", "less than nothing free", #""free":1"#, #""free":-1"#),
        Mutation("status/with-the-box", "a temperature in words", #""temperature":48.2"#, #""temperature":"warm""#),
        Mutation("status/with-the-box", "half a second of uptime", #""uptime":86400"#, #""uptime":86400.5"#),
        Mutation("status/with-the-box", "polls missed in words", #""missed":7"#, #""missed":"7""#),
        Mutation(
            "status/stopping",
            "a stopping gateway that says nothing of its destinations",
            #""destinations":{"city":{"connected":true,"pending":0}},"#,
            ""
        ),
        Mutation("status/will", "a will without since", #""since":"2026-11-22T01:37:35.774Z","#, ""),
        Mutation(
            "status/will",
            "a will without a configuration",
            #","configuration":"1a68579fe5ac6e8c-07d1a5d0b6fb8a6c""#,
            ""
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "no scope", #""scope":"site-sumber","#, ""),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "a scope of an unknown kind",
            #""scope":"site-sumber""#,
            #""scope":"city-sumber""#
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "a week", #""window":"day""#, #""window":"week""#),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "an unknown theme",
            #""theme":"environment""#,
            #""theme":"energy""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "an unknown dimension",
            #""dimension":"living""#,
            #""dimension":"smart""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "a window of days",
            #""from":"2026-11-20T17:00:00.000Z""#,
            #""from":"2026-11-20""#
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "no zone", #""zone":"Asia/Jakarta","#, ""),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "provisional in words",
            #""provisional":false"#,
            #""provisional":"no""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "a negative revision",
            #""revision":1442"#,
            #""revision":-1"#
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "no value", #""value":"#, #""valve":"#),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "more than complete",
            #""completeness":0"#,
            #""completeness":1"#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "no count of what was expected",
            #""expected":"#,
            #""unexpected":"#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "a quality without a reason",
            #","reason":"incomplete""#,
            ""
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "an unknown reason",
            #""reason":"incomplete""#,
            #""reason":"tired""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "bad though something counted",
            #""quality":"uncertain""#,
            #""quality":"bad""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-hour-final",
            "no data that is only uncertain",
            #""quality":"bad""#,
            #""quality":"uncertain""#
        ),
        Mutation("figure/water-volume-site-sumber-hour-final", "a value of no data", #""value":null"#, #""value":0"#),
        Mutation(
            "figure/water-volume-site-sumber-hour-final",
            "a null that is good",
            #""quality":"bad","reason":"no_data","#,
            ""
        ),
        Mutation(
            "figure/water-discharge-site-sumber-hour-begun-open",
            "a value that is too early",
            #""value":null"#,
            #""value":12.5"#
        ),
        Mutation(
            "figure/water-discharge-site-sumber-hour-begun-open",
            "too early after its end",
            #""provisional":true"#,
            #""provisional":false"#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "a target of an unknown standing",
            #""standing":"met""#,
            #""standing":"nearly""#
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "an open target of a closed window",
            #""standing":"met""#,
            #""standing":"open""#
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "a baseline without a year", #""year":2023,"#, ""),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "parts that do not say how they merge",
            #""merging":"sum","#,
            ""
        ),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "parts that merge in an unknown way",
            #""merging":"sum""#,
            #""merging":"median""#
        ),
        Mutation(
            "figure/water-quality-site-sumber-hour-final",
            "a word's parts in words",
            #""ph":{"seconds":3600"#,
            #""ph":{"seconds":"3600""#
        ),
        Mutation(
            "figure/water-volume-kelurahan-bawang-day-final",
            "a partial figure without parts",
            #""parts":"#,
            #""pieces":"#
        ),
        Mutation(
            "figure/water-volume-kelurahan-bawang-day-final",
            "parts without seconds",
            #""seconds":"#,
            #""minutes":"#
        ),
        Mutation("figure/water-volume-site-sumber-day-final", "readings of no epoch", #""epoch":"7-3f2a9c1d","#, ""),
        Mutation(
            "figure/water-volume-site-sumber-day-final",
            "readings from zero",
            #""readings":[{"epoch":"7-3f2a9c1d","from":1"#,
            #""readings":[{"epoch":"7-3f2a9c1d","from":0,"was":1"#
        ),
        Mutation(
            "figure/traffic-level-site-divided-day-final",
            "a table that is sourced and not",
            #""unsourced":["levels"]"#,
            #""unsourced":["speeds"]"#
        ),
        Mutation(
            "figure/traffic-peak-hour-site-divided-day-final",
            "a peak without an end",
            #""peak_to":"#,
            #""peak_until":"#
        ),
        Mutation(
            "figure/water-anomaly-site-sumber-hour-final",
            "a leap of no parameter",
            #""parameter":"#,
            #""parameters":"#
        ),
    ]
}
