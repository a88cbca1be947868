/* The devices of a site, as its desks are told of them: a node says beside the last page of a pull how those are that it has met. As
 * with the fleet (limber-fleet.h) that is no record: it is in no journal and no digest, nobody merges it, and it says nothing of any
 * person. A device keeps what its node said last; only desks and clinicians' devices are told, and of their own site alone. */
#pragma once

#include "limber-fleet.h"

G_BEGIN_DECLS

#define LIMBER_SCREENS_MOST 100
#define LIMBER_SCREENS_TOLD (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC)

/* How often a public screen did what (app/care/limber-turnout.h). */
typedef struct {
  gint64 matched, failed, sent, paused;
} LimberScreenCounts;

/**
 * LimberScreen:
 * @name: (owned): what people call it
 * @by: (owned) (nullable): which node has met it last
 * @here: it is in touch with the node that says so
 * @met_here: it was that node that met it last: another's word may be old
 * @seen: when it was met last, milliseconds UTC; 0 for never
 * @report: how it said then that it is
 * @today: what it did today, as far as it has told
 * @week: and on the seven days that end today
 */
typedef struct {
  LimberId           device;
  LimberClass        klass;
  char              *name;
  char              *by;
  gboolean           here;
  gboolean           met_here;
  gint64             seen;
  LimberReport       report;
  LimberScreenCounts today, week;
} LimberScreen;

/* Whether a device is in touch with this node just now, and when it was last, which may not have been written down yet: milliseconds
 * UTC, 0 where that is not known. Any thread. */
typedef gboolean (*LimberScreensHere) (const LimberId *device, gint64 *met, gpointer data);

json_t    *limber_screens_tell  (LimberReader *reader, const LimberId *site, const LimberId *node, LimberScreensHere here, gpointer data, GError **error);
gboolean   limber_screens_keep  (LimberTransaction *transaction, const json_t *screens, GError **error);
GPtrArray *limber_screens_read  (LimberReader *reader, GError **error);
gint64     limber_screens_as_of (LimberReader *reader);
void       limber_screen_free   (LimberScreen *screen);

G_END_DECLS
