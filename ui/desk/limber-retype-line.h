/* LimberRetypeLine: one line of a paper that is being typed in: what is known, what was typed, what became of it. */
#pragma once

#include <gio/gio.h>

#include "limber-day-list.h"
#include "limber-staff-member.h"
#include "limber-store.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_RETYPE_LINE (limber_retype_line_get_type ())
G_DECLARE_FINAL_TYPE (LimberRetypeLine, limber_retype_line, LIMBER, RETYPE_LINE, GObject)

LimberRetypeLine    *limber_retype_line_new         (LimberRow *row, const char *date);
void                 limber_retype_line_set_row     (LimberRetypeLine *line, LimberRow *row, const char *date);
const LimberDayLine *limber_retype_line_get_print   (LimberRetypeLine *line);
const LimberId      *limber_retype_line_get_id      (LimberRetypeLine *line);
const char          *limber_retype_line_get_came    (LimberRetypeLine *line);
const char          *limber_retype_line_get_seen    (LimberRetypeLine *line);
const char          *limber_retype_line_get_problem (LimberRetypeLine *line);
char                *limber_retype_line_dup_state   (LimberRetypeLine *line);
gboolean             limber_retype_line_is_saved    (LimberRetypeLine *line);
void                 limber_retype_line_type        (LimberRetypeLine *line, const char *came, const char *seen);
gboolean             limber_retype_line_save        (LimberRetypeLine *line, LimberStore *store, LimberStaffMember *member);
void                 limber_retype_line_undo        (LimberRetypeLine *line, LimberStore *store, LimberStaffMember *member);

/* Signal: "changed": any of the words may read otherwise now. */

G_END_DECLS
