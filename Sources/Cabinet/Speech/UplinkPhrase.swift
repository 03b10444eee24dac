/// What is said about what an uplink carries.
package enum UplinkPhrase: Phrase {
    case carried, bytes, ofBudget
    case estimate, range, readings, events, indicators, rest, around, asTheyCome, aMinute
    case connection, budgetOfDay, budgetOfMonth, someFigures, noOpenFigures, openFigures, assumed

    package var wording: Wording {
        switch self {
        case .carried: Wording("today %1, this month %2", "hari ini %1, bulan ini %2")
        case .bytes: Wording("%1", "%1")
        case .ofBudget: Wording("%1 of %2", "%1 dari %2")
        case .estimate: Wording("%1: about %2 a day, %3 a month", "%1: sekitar %2 sehari, %3 sebulan")
        case .range: Wording("%1 to %2", "%1 sampai %2")
        case .readings: Wording("readings", "data")
        case .events: Wording("events", "kejadian")
        case .indicators: Wording("indicators", "indikator")
        case .rest: Wording("the rest", "lainnya")
        case .around: Wording("TLS, TCP, MQTT", "TLS, TCP, MQTT")
        case .asTheyCome: Wording("as they come", "tergantung kejadian")
        case .aMinute: Wording("%1 a minute", "%1 per menit")
        case .connection: Wording("each new connection about %1", "tiap sambungan baru sekitar %1")
        case .budgetOfDay: Wording("%1 % of the budget of %2 a day", "%1 % dari batas %2 sehari")
        case .budgetOfMonth: Wording("%1 % of the budget of %2 a month", "%1 % dari batas %2 sebulan")
        case .someFigures:
            Wording("%1 gets %2 of %3 figures (left out: %4)", "%1 mendapat %2 dari %3 angka (tidak termasuk: %4)")
        case .noOpenFigures: Wording("%1 gets no open figures", "%1 tidak mendapat angka yang masih berjalan")
        case .openFigures:
            Wording(
                "%1 gets open figures at most once in %2",
                "%1 mendapat angka berjalan paling sering sekali tiap %2"
            )
        case .assumed:
            Wording(
                "devices on MQTT are taken to send each message at their interval",
                "perangkat MQTT dianggap mengirim tiap pesannya sekali per intervalnya"
            )
        }
    }
}
