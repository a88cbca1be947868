/* LimberRetypeList: the lines of a day's paper, in the paper's order; what was typed into one stays while the list changes. */
#pragma once

#include "limber-retype-line.h"

G_BEGIN_DECLS

#define LIMBER_TYPE_RETYPE_LIST (limber_retype_list_get_type ())
G_DECLARE_FINAL_TYPE (LimberRetypeList, limber_retype_list, LIMBER, RETYPE_LIST, GObject)

LimberRetypeList *limber_retype_list_new       (LimberStore *store, const char *date);
GListModel       *limber_retype_list_get_lines (LimberRetypeList *list);
const char       *limber_retype_list_get_date  (LimberRetypeList *list);
gboolean          limber_retype_list_is_loaded (LimberRetypeList *list);
const GError     *limber_retype_list_get_error (LimberRetypeList *list);
guint             limber_retype_list_count_unsaved (LimberRetypeList *list);

/* Signal: "changed": the list is another, or its state is. */

G_END_DECLS
