/* The commands of limberctl: their tables (limber-commands-all.c; a public screen's: limber-commands.c), each ended by a command
 * without a name, and the functions behind them, a file a matter. */
#pragma once

#include "limber-errand.h"

G_BEGIN_DECLS

extern const LimberCommand  limber_commands_of_public[];
const LimberCommand *const *limber_commands_all    (void);
const LimberCommand *const *limber_commands_public (void);
const LimberCommand        *limber_commands_find   (const LimberCommand *const *tables, const char *name);
char                       *limber_commands_help   (const LimberCommand *const *tables, const LimberCommand *command);
const char                 *limber_command_text    (const json_t *object, const char *name);

/* limber-command-records.c */
gboolean limber_command_list       (LimberErrand *errand, GError **error);
gboolean limber_command_get        (LimberErrand *errand, GError **error);
gboolean limber_command_put        (LimberErrand *errand, GError **error);
gboolean limber_command_author     (LimberErrand *errand, LimberReader *reader, gboolean required, char **author, char **role, GError **error);
const LimberKind *limber_command_kind (const char *name, GError **error);

/* limber-command-leave.c */
gboolean limber_command_retire     (LimberErrand *errand, GError **error);
gboolean limber_command_lost       (LimberErrand *errand, GError **error);
gboolean limber_command_move       (LimberErrand *errand, GError **error);

/* limber-command-erase.c */
gboolean limber_command_erase      (LimberErrand *errand, GError **error);

/* limber-command-setup.c */
gboolean limber_command_init       (LimberErrand *errand, GError **error);
gboolean limber_command_import     (LimberErrand *errand, GError **error);
gboolean limber_command_demo       (LimberErrand *errand, GError **error);
gboolean limber_command_demonstration (LimberErrand *errand, GError **error);

/* limber-command-devices.c */
gboolean limber_command_address    (LimberErrand *errand, GError **error);
gboolean limber_command_revoke     (LimberErrand *errand, GError **error);
gboolean limber_command_is_node    (LimberErrand *errand, const char *refusal, GError **error);
gboolean limber_command_find_device (LimberReader *reader, const char *text, LimberId *id, GError **error);
char    *limber_command_own_address (LimberErrand *errand, LimberReader *reader);

/* limber-command-bundle.c */
gboolean limber_command_bundle     (LimberErrand *errand, GError **error);

/* limber-command-fleet.c */
gboolean limber_command_fleet      (LimberErrand *errand, GError **error);

/* limber-command-lists.c */
gboolean limber_command_tasks      (LimberErrand *errand, GError **error);
gboolean limber_command_screens    (LimberErrand *errand, GError **error);

/* limber-command-form.c */
gboolean limber_command_form       (LimberErrand *errand, GError **error);
gboolean limber_command_answers    (LimberErrand *errand, GError **error);

/* limber-command-enrol.c */

/* What a person says that a device is to be. */
typedef struct {
  const char *klass, *site, *name, *replaces; /* (nullable) */
} LimberWanted;

json_t  *limber_command_make_code  (LimberErrand *errand, LimberTransaction *transaction, const LimberWanted *wanted, GError **error);
gboolean limber_command_enrol      (LimberErrand *errand, GError **error);
gboolean limber_command_enrol_list (LimberErrand *errand, GError **error);

/* limber-command-node.c */
gboolean limber_command_node_config (LimberErrand *errand, GError **error);

/* limber-command-sync.c */
gboolean limber_command_join       (LimberErrand *errand, GError **error);
gboolean limber_command_sync       (LimberErrand *errand, GError **error);

/* limber-command-search.c */
gboolean limber_command_search     (LimberErrand *errand, GError **error);

/* limber-command-find.c */
gboolean limber_command_find       (LimberErrand *errand, GError **error);
json_t  *limber_command_ask_node   (LimberErrand *errand, json_t *question, GError **error);

/* limber-command-manage.c */
gboolean limber_command_manages    (LimberErrand *errand);
gboolean limber_command_manage     (LimberErrand *errand, const char *ask, GError **error);
json_t  *limber_command_managing   (LimberErrand *errand, const char *ask, GError **error);

/* limber-command-person.c */
gboolean limber_command_register   (LimberErrand *errand, GError **error);
gboolean limber_command_edit       (LimberErrand *errand, GError **error);
gboolean limber_command_history    (LimberErrand *errand, GError **error);
gboolean limber_command_refer      (LimberErrand *errand, GError **error);

/* limber-command-identity.c */
gboolean limber_command_patient    (LimberErrand *errand, LimberReader *reader, guint word, LimberId *id, GError **error);
json_t  *limber_command_person_json (LimberRow *row);
void     limber_command_person_text (const json_t *person, GString *out);
gboolean limber_command_same       (LimberErrand *errand, GError **error);
gboolean limber_command_merge      (LimberErrand *errand, GError **error);
gboolean limber_command_unmerge    (LimberErrand *errand, GError **error);

/* limber-command-duplicates.c */
gboolean limber_command_duplicates (LimberErrand *errand, GError **error);

/* limber-command-work.c */
gboolean limber_command_arrive     (LimberErrand *errand, GError **error);
gboolean limber_command_kiosk      (LimberErrand *errand, GError **error);
gboolean limber_command_at         (LimberErrand *errand, gint64 *at, GError **error);

/* limber-command-staff.c */
gboolean limber_command_staff      (LimberErrand *errand, GError **error);

/* limber-command-roles.c */
gboolean limber_command_roles      (LimberErrand *errand, GError **error);
gboolean limber_command_break_glass (LimberErrand *errand, GError **error);
gboolean limber_command_reads      (LimberErrand *errand, GError **error);

/* limber-command-visit.c */
gboolean limber_command_visit      (LimberErrand *errand, GError **error);
gboolean limber_command_attendance (LimberErrand *errand, GError **error);

/* limber-command-clinic.c */
gboolean limber_command_clinic     (LimberErrand *errand, GError **error);
gboolean limber_command_closed     (LimberErrand *errand, GError **error);
gboolean limber_command_slots      (LimberErrand *errand, GError **error);

/* limber-command-booking.c */
gboolean limber_command_book       (LimberErrand *errand, GError **error);
gboolean limber_command_take_back  (LimberErrand *errand, GError **error);

/* limber-command-letter.c */
gboolean limber_command_letter     (LimberErrand *errand, GError **error);

/* limber-command-day.c */
gboolean limber_command_day_list   (LimberErrand *errand, GError **error);
gboolean limber_command_day_end    (LimberErrand *errand, GError **error);
gboolean limber_command_building   (LimberErrand *errand, GError **error);

/* limber-command-state.c */
gboolean limber_command_status     (LimberErrand *errand, GError **error);
gboolean limber_command_digest     (LimberErrand *errand, GError **error);
gboolean limber_command_verify     (LimberErrand *errand, GError **error);
gboolean limber_command_conflicts  (LimberErrand *errand, GError **error);
gboolean limber_command_resolve    (LimberErrand *errand, GError **error);
gboolean limber_command_review     (LimberErrand *errand, GError **error);
gboolean limber_command_branches   (LimberErrand *errand, GError **error);
gboolean limber_command_clocks     (LimberErrand *errand, GError **error);
gboolean limber_command_holders    (LimberErrand *errand, GError **error);
gboolean limber_command_quarantine (LimberErrand *errand, GError **error);
gboolean limber_command_backup     (LimberErrand *errand, GError **error);
gboolean limber_command_restore    (LimberErrand *errand, GError **error);

G_END_DECLS
