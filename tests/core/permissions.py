"""Who may call which route, written by hand; test_permissions_table.py holds every route × everybody against it.

A new route is one new line in EXPECTED, under the group of those who may call it; a route that nobody wrote down fails
the test. The table knows nothing of permissions and roles (server/people/roles.py), so that a mistake there shows here.
"""

ACCOUNTS = {
    "administrator", "unit_administrator", "secretary", "chair", "delegate", "teller", "steward", "technician",
}
TELLERS = {"station:delegate"}  # a participant who was appointed teller, at a counting station
SEATS = {"seat:delegate", "seat:alternate", "seat:chair", "seat:secretary", "seat:guest"} | TELLERS
SITES = {"device:site", "device:edge"}
DEVICES = {"device:wall", "device:door", "device:seat"} | SITES
EVERYBODY = {"nobody"} | ACCOUNTS | SEATS | DEVICES

VOTERS = SEATS - {"seat:guest"}
CONSOLE = {"administrator", "secretary", "chair", "teller", "technician"}
WATCH = (ACCOUNTS - {"delegate"}) | {"device:wall"}
REGISTER = {"administrator", "unit_administrator"}

M, U = "/api/meetings/<int:meeting_id>", "/api/units/<int:unit_id>"
P = f"{M}/paper-votes/<int:vote_id>"
R = f"{M}/relay"
EXPECTED: list[tuple[set[str], str]] = [
    (EVERYBODY, """
        GET /
        GET /<any(console,door,'sign-in',seat,site,teller,wall):name>/
        GET /assets/<path:name>
        GET /healthz
        GET /metrics
        GET /api/docs
        GET /api/openapi.json
        POST /api/sign-in
        POST /api/sign-in/ticket
        POST /api/enrol
        GET /api/join/<code>
        POST /api/join/<code>/sign-in
    """),
    (EVERYBODY - {"nobody"}, """
        GET /api/session
        DELETE /api/session
        POST /api/password
        GET /api/me/meetings
        GET /api/units
        GET /api/device
        GET /api/relay/edge
        PUT /api/relay/edge/key
        POST /api/relay/edge/report
    """),
    (CONSOLE, f"""
        GET {M}
        GET {M}/steps
        GET {M}/participants
        GET {M}/calendar
        GET {M}/calendar.ics
        GET {U}/calendar
        GET {U}/calendar.ics
        GET /api/calendar/days
        GET {M}/voting-rules
        GET {M}/polls/<int:poll_id>
        GET {M}/polls/<int:poll_id>/record
        GET {M}/polls/<int:poll_id>/result.pdf
        GET {M}/polls/<int:poll_id>/result.xlsx
    """),
    ({"secretary"}, f"""
        POST {U}/meetings
        POST {U}/rehearsals
        PATCH {M}
        POST {M}/state
        POST {M}/notices
        DELETE {M}/notices/<int:notice_id>
        POST {M}/agenda
        PUT {M}/agenda/order
        PATCH {M}/agenda/<int:item_id>
        DELETE {M}/agenda/<int:item_id>
        POST {M}/agenda/<int:item_id>/start
        POST {M}/agenda/<int:item_id>/finish
        POST {M}/agenda/<int:item_id>/documents
        PATCH {M}/documents/<int:document_id>
        DELETE {M}/documents/<int:document_id>
        POST {M}/documents/<int:document_id>/versions
        PUT {M}/presenter
        DELETE {M}/presenter
        PUT {M}/wall
        POST {M}/participants
        PATCH {M}/participants/<int:participant_id>
        DELETE {M}/participants/<int:participant_id>
        POST {M}/participants/<int:participant_id>/presence
        GET {M}/participants/<int:participant_id>/invitation.svg
        GET {M}/participants/template.xlsx
        POST {M}/participants/preview
        POST {M}/participants/preview/check
        POST {M}/participants/import
        POST {M}/invitations
        POST {M}/invitations.pdf
    """),
    ({"secretary", "chair"}, f"""
        PUT {M}/floor/order
        POST {M}/floor/requests/<int:request_id>/call
        POST {M}/floor/requests/<int:request_id>/finish
        POST {M}/floor/requests/<int:request_id>/skip
        POST {M}/polls
        PATCH {M}/polls/<int:poll_id>
        DELETE {M}/polls/<int:poll_id>
        POST {M}/polls/<int:poll_id>/open
        POST {M}/polls/<int:poll_id>/close
        POST {M}/polls/<int:poll_id>/publish
        POST {M}/polls/<int:poll_id>/annul
        GET {M}/polls/<int:poll_id>/turnout
        GET {M}/polls/<int:poll_id>/reserved-opinions
        POST {M}/polls/batch
        POST {M}/polls/batch/stop
    """),
    (VOTERS | {"secretary", "chair"}, f"""
        POST {M}/polls/<int:poll_id>/reserved-opinions
    """),
    (REGISTER | {"secretary", "chair"}, f"""
        GET {U}/voting-rules
        POST {U}/voting-rules
        DELETE {U}/voting-rules/<code>
    """),
    ({"secretary"}, f"""
        PUT {M}/tellers
        PUT {R}/papers
    """),
    ({"secretary", "chair"}, f"""
        POST {M}/paper-votes
        PATCH {P}
        DELETE {P}
        POST {P}/candidates
        PATCH {P}/candidates/<int:candidate_id>
        DELETE {P}/candidates/<int:candidate_id>
        POST {P}/candidates/<int:candidate_id>/withdraw
        PUT {P}/order
        PUT {P}/exclusions
        POST {P}/print
        GET {P}/ballots.pdf
        POST {P}/issue
        POST {P}/stations/<int:number>/release
        POST {P}/stations/<int:number>/reopen
        POST {P}/close
        POST {P}/publish
        POST {P}/annul
        POST {P}/second-round
    """),
    (TELLERS, f"""
        POST {P}/stations/<int:number>/take
        GET {P}/stations/<int:number>
        PUT {P}/stations/<int:number>/ballots
        PUT {P}/stations/<int:number>/ballots/<int:ballot>
        DELETE {P}/stations/<int:number>/ballots/<int:ballot>
        POST {P}/stations/<int:number>/commit
        POST {P}/differences/reopen
        POST {P}/differences/<int:difference_id>/second
        DELETE {P}/differences/<int:difference_id>
        POST {P}/differences/<int:difference_id>/settle
    """),
    (TELLERS | {"secretary", "chair"}, f"""
        POST {P}/compare
        GET {P}/stations/<int:number>/log.pdf
    """),
    (TELLERS | CONSOLE, f"""
        GET {M}/tellers
        GET {M}/paper-votes
        GET {P}
        GET {P}/differences
        GET {P}/minutes.pdf
        GET {P}/minutes.docx
    """),
    ({"secretary", "steward", "device:door"}, f"""
        POST {M}/check-ins
        POST {M}/check-outs
        GET {M}/door/search
    """),
    (CONSOLE, f"""
        GET {R}
        GET {R}/timeline
        GET {R}/incidents
        GET {R}/readiness
        GET {R}/readiness/sites/<int:site_id>
        GET {R}/readiness/sites.pdf
        GET {R}/sites/<int:site_id>
    """),
    (CONSOLE | SITES, f"""
        GET {R}/readiness/<int:test_id>/certificate
        GET {R}/readiness/<int:test_id>/certificate.pdf
    """),
    ({"secretary", "technician"}, f"""
        POST {R}
        PATCH {R}
        DELETE {R}
        POST {R}/state
        PUT {R}/sources/<any(primary,backup):key>
        DELETE {R}/sources/<any(primary,backup):key>
        POST {R}/sources/<any(primary,backup):key>/probe
        POST {R}/sources/<any(primary,backup):key>/entry
        GET {R}/source-choices
        POST {R}/report
        POST {R}/sites
        PATCH {R}/sites/<int:site_id>
        DELETE {R}/sites/<int:site_id>
        PUT {R}/sites/<int:site_id>/admission
        PUT {R}/sites/<int:site_id>/line
        PUT {R}/sites/<int:site_id>/headcount
        POST {R}/sites/<int:site_id>/device
        DELETE {R}/sites/<int:site_id>/device
        POST {R}/incidents
        POST {R}/incidents/<int:incident_id>/resolve
    """),
    ({"secretary", "technician", "chair"}, f"""
        POST {R}/sites/<int:site_id>/floor
        DELETE {R}/floor
    """),
    ({"secretary", "technician", "chair"}, f"""
        GET {R}/recordings
    """),
    ({"secretary", "chair"}, f"""
        POST {R}/recordings/<file>/ticket
        GET {R}/recordings/<file>
        DELETE {R}/recordings/<file>
    """),
    (SITES, f"""
        GET {R}/readiness/mine
        POST {R}/readiness
        POST {R}/readiness/turn
        DELETE {R}/readiness/turn
        GET {R}/site
        PUT {R}/site/headcount
        POST {R}/site/floor
        DELETE {R}/site/floor
    """),
    (WATCH | SEATS | SITES, f"""
        POST {R}/whep
        PATCH {R}/whep/<session_id>
        DELETE {R}/whep/<session_id>
        POST {R}/whep/<session_id>/watched
        POST {R}/pass
        GET {R}/pages/<int:version_id>/<int:page>.webp
    """),
    (SEATS | SITES, f"""
        POST {R}/whip
        DELETE {R}/whip/<session_id>
    """),
    (WATCH, f"""
        GET {M}/room-code
    """),
    (CONSOLE | SEATS, f"""
        GET {M}/documents/<int:document_id>/file.pdf
    """),
    (WATCH | SEATS, f"""
        GET {M}/pages/<int:version_id>/<int:page>.webp
    """),
    (SEATS, f"""
        POST {M}/me/check-in
        POST {M}/rehearsal/echo
        POST {M}/floor/requests
        DELETE {M}/floor/requests/mine
    """),
    (VOTERS, f"""
        POST {M}/polls/<int:poll_id>/ballot
    """),
    (REGISTER | {"secretary"}, f"""
        GET {U}/persons
    """),
    (REGISTER, f"""
        POST /api/units
        PATCH {U}
        DELETE {U}
        POST {U}/persons
        PATCH {U}/persons/<int:person_id>
        GET {U}/accounts
        POST {U}/accounts
        PATCH {U}/accounts/<int:account_id>
    """),
    (REGISTER | {"secretary", "technician"}, f"""
        GET {U}/devices
        POST {U}/devices
        DELETE {U}/devices/<int:device_id>
    """),
    ({"administrator"}, """
        GET /api/journal
        GET /api/journal/verify
        GET /api/sign-ins
        PUT /api/calendar/days/<day>
        DELETE /api/calendar/days/<day>
    """),
]
TABLE = {line.strip(): who for who, lines in EXPECTED for line in lines.splitlines() if line.strip()}
