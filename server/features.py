"""The features of this server: importing them declares their tables, topics, refusals and routes."""

import server.attendance.models
import server.core.idempotency
import server.core.meta
import server.core.refusals
import server.devices.access
import server.meetings.access
import server.meetings.refusals
import server.people.refusals
import server.rehearsal.refusals
from server.core.http import Api
from server.openapi import api as docs_api
from server.people.routes import api as people_api
from server.rehearsal.routes import api as rehearsal_api

APIS: list[Api] = [people_api, docs_api, rehearsal_api]
