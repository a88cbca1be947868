/* The four lists of what waits at this site, read from the store as cards. For a worker. */
#pragma once

#include "limber-list-card.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_LIST_TASKS,   /* to do */
  LIMBER_LIST_ANSWERS, /* two people changed one thing */
  LIMBER_LIST_ASIDE,   /* kept, but not believed */
  LIMBER_LIST_SCREENS, /* the public screens */
  LIMBER_N_LISTS,
} LimberListWhich;

/* @member: who looks at them */
GPtrArray *limber_lists_read_tasks   (LimberReader *reader, const LimberId *member, GError **error);
GPtrArray *limber_lists_read_answers (LimberReader *reader, const LimberId *member, GError **error);
GPtrArray *limber_lists_read_aside   (LimberReader *reader, const LimberId *member, GError **error);
GPtrArray *limber_lists_read_screens (LimberReader *reader, const LimberId *member, GError **error);
char      *limber_lists_device_name  (LimberReader *reader, const LimberOrigin *origin);
char      *limber_lists_person_name  (LimberReader *reader, const LimberId *patient);
char      *limber_lists_signed       (const char *who, gint64 at, const char *place, gint64 now);

G_END_DECLS
