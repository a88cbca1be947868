/* A page of a pull (SYNC.md rules 16 and 17), as lines of JSON:
 *
 *   ["in",patient]                 from here on this device holds that person; her rows follow
 *   ["out",patient]                it no longer does: forget
 *   ["drop",kind,id]               it may no longer hold that record, though it may hold the person
 *   [kind,id,[stamp…],{field:[value,stamp's place]…}]
 *   ["+",kind,id,[stamp…],[patient or null,stamp's place],{field:[value,stamp's place]…}]
 *                                  what the node does not know of a record (SYNC.md rule 6), for nodes only; a field's
 *                                  name ends with its mark
 *   {"cursor":…,"more":…,…}        the last line
 *
 * A stamp is [rank,time,device,epoch,entry]. A derived field, made by the node for a projection, has place -1. Fields
 * that were never set are left out. */
#pragma once

#include "limber-extra.h"
#include "limber-scan.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_LINE_ROW,
  LIMBER_LINE_EXTRA,
  LIMBER_LINE_IN,
  LIMBER_LINE_OUT,
  LIMBER_LINE_DROP,
  LIMBER_LINE_END,
} LimberLineType;

typedef struct {
  LimberLineType type;
  LimberRecord  *record;  /* (owned) (nullable): of a row; NULL for a kind that is not known here */
  LimberExtra   *extra;   /* (owned): of what the node does not know */
  LimberId       patient; /* of in and out */
  const LimberKind *kind; /* of a drop; NULL for one that is not known here */
  LimberId       id;      /* of a drop */
  LimberSpan     end;     /* of the last line */
} LimberLine;

void     limber_page_append_row   (GString *out, const LimberRecord *record, LimberClass klass);
void     limber_page_append_extra (GString *out, const LimberExtra *extra);
void     limber_page_append_event (GString *out, gboolean in, const LimberId *patient);
void     limber_page_append_drop  (GString *out, const LimberKind *kind, const LimberId *id);
gboolean limber_page_parse_line   (LimberLine *line, const char *bytes, gsize length, GError **error);
gboolean limber_page_tells_out    (GBytes *page);
GArray  *limber_page_parse        (GBytes *page, GError **error);

G_END_DECLS
