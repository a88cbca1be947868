/* Reports as they go over the wire, beside what a device asks: of itself under "report", and in a hub's push those of the devices that
 * it has met under "fleet", [[device,seen,report],…]. Everything in one may be missing; a name that is not known here is passed over,
 * so that older and newer programs understand each other. */
#pragma once

#include <jansson.h>

#include "limber-fleet.h"

G_BEGIN_DECLS

#define LIMBER_REPORT_FLEET 200 /* devices that a hub tells of in one push */

json_t  *limber_report_to_json      (const LimberReport *report);
gboolean limber_report_read         (const json_t *head, LimberReport *report, GError **error);
json_t  *limber_report_fleet_to_json (const GArray *lines);
GArray  *limber_report_read_fleet   (const json_t *head, GError **error);

G_END_DECLS
