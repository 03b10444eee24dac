package import Control
package import PageParts
import Speech

/// What a person can ask of a device: on its page, with the PIN beside the buttons.
package enum QuestionForm {
    /// - Parameter needsPIN: whether the form asks for it; a reader over a network has given it before.
    package static func html(_ device: DeviceStatus, telling: Telling, needsPIN: Bool = true) -> HTML {
        let points = device.points.filter { $0.unit != nil || $0.value != nil }.map { point -> HTML in
            "<option value=\"\(point.name)\">\(telling.language.title(point.name, point.shown?.label))</option>"
        }
        let pin: HTML =
            needsPIN
            ? """
            <label>\(telling.text(QuestionPhrase.pin)) \
            <span class="grey">\(telling.text(QuestionPhrase.pinHint))</span><br>\
            <input name="pin" type="password" inputmode="numeric" autocomplete="current-password" required size="10">\
            </label>
            """ : ""
        return """
            <section class="noprint" aria-labelledby="ask"><h2 id="ask">\(telling.text(QuestionPhrase.heading))</h2>\
            <p class="grey">\(telling.text(QuestionPhrase.explained))</p>\
            <form method="post" action="\(telling.link("/ask/" + device.id))">\(pin)\
            <button name="do" value="entered" hidden></button>\
            <button name="do" value="ask">\(telling.text(QuestionPhrase.askNow))</button>\
            <button name="do" value="watch">\(telling.text(QuestionPhrase.watch))</button>\
            <label>\(telling.text(QuestionPhrase.point))<br><select name="point">\(points)</select></label>\
            <label>\(telling.text(QuestionPhrase.display)) \
            <span class="grey">\(telling.text(QuestionPhrase.displayHint))</span><br>\
            <input name="display" size="14" inputmode="text" autocomplete="off"></label>\
            <button name="do" value="compare">\(telling.text(QuestionPhrase.compare))</button>\
            <label>\(telling.text(QuestionPhrase.by))<br><input name="by" size="18" autocomplete="name"></label>\
            <button name="do" value="record">\(telling.text(QuestionPhrase.record))</button></form></section>
            """
    }

    /// What stands there for a device that nobody can ask.
    package static func reportsItself(_ device: String, telling: Telling) -> HTML {
        "<p class=\"grey noprint\">\(telling.text(QuestionPhrase.reportsItself, device))</p>"
    }

    /// What stands there while the box has no PIN.
    package static func withoutPIN(_ device: String, telling: Telling) -> HTML {
        "<p class=\"grey noprint\">\(telling.text(QuestionPhrase.noPIN, device))</p>"
    }
}
