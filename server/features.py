"""The features of this server: importing them declares their tables, topics, refusals and routes."""

import server.attendance.models
import server.attendance.refusals
import server.attendance.topics
import server.core.housekeeping
import server.core.idempotency
import server.core.meta
import server.core.refusals
import server.devices.access
import server.devices.refusals
import server.devices.topics
import server.documents.topics
import server.meetings.access
import server.meetings.refusals
import server.meetings.topics
import server.people.refusals
import server.rehearsal.refusals
import server.relay.models
import server.relay.refusals
from server.attendance.routes import api as attendance_api
from server.calendar.routes import api as calendar_api
from server.core.http import Api
from server.devices.routes import api as devices_api
from server.documents.routes import api as documents_api
from server.floor.routes import api as floor_api
from server.meetings.join_routes import api as join_api
from server.meetings.participant_routes import api as participants_api
from server.meetings.routes import api as meetings_api
from server.openapi import api as docs_api
from server.people.journal import api as journal_api
from server.people.register import api as register_api
from server.people.routes import api as people_api
from server.rehearsal.routes import api as rehearsal_api
from server.relay.readiness.routes import api as readiness_api
from server.relay.record_routes import api as relay_records_api
from server.relay.routes import api as relay_api
from server.relay.site_routes import api as relay_sites_api
from server.relay.source_routes import api as relay_sources_api
from server.voting.exports.routes import api as voting_exports_api
from server.voting.paper.routes import api as paper_api
from server.voting.paper.station_routes import api as paper_stations_api
from server.voting.routes import api as voting_api
from server.voting.rule_routes import api as voting_rules_api
from server.wall.routes import api as wall_api

APIS: list[Api] = [
    participants_api,
    join_api,
    attendance_api,
    calendar_api,
    devices_api,
    docs_api,
    documents_api,
    floor_api,
    journal_api,
    meetings_api,
    paper_api,
    paper_stations_api,
    people_api,
    readiness_api,
    register_api,
    rehearsal_api,
    relay_api,
    relay_records_api,
    relay_sites_api,
    relay_sources_api,
    voting_api,
    voting_exports_api,
    voting_rules_api,
    wall_api,
]
