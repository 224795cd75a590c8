BEGIN TRANSACTION;
CREATE TABLE acceptances (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	attempt INTEGER NOT NULL, 
	implementer_id INTEGER NOT NULL, 
	implemented_at DATETIME NOT NULL, 
	lead_id INTEGER, 
	change_is_right BOOLEAN, 
	software_reconfirmed BOOLEAN, 
	verdict TEXT NOT NULL, 
	words TEXT NOT NULL, 
	at DATETIME, 
	CONSTRAINT pk_acceptances PRIMARY KEY (id), 
	CONSTRAINT fk_acceptances_implementer_id_people FOREIGN KEY(implementer_id) REFERENCES people (id), 
	CONSTRAINT fk_acceptances_lead_id_people FOREIGN KEY(lead_id) REFERENCES people (id), 
	CONSTRAINT fk_acceptances_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_acceptances_ticket_id_attempt UNIQUE (ticket_id, attempt)
);
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	external TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	person_id INTEGER, 
	bound_at DATETIME, 
	bound_how TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	is_reachable BOOLEAN NOT NULL, 
	window JSON, 
	language TEXT NOT NULL, 
	scanned TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	last_heard_at DATETIME, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT fk_accounts_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_accounts_channel_external UNIQUE (channel, external)
);
INSERT INTO "accounts" VALUES(1,'web','demo-wang','demo-wang',1,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(2,'web','demo-liu','demo-liu',2,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(3,'web','demo-sun','demo-sun',3,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(4,'web','demo-li','demo-li',4,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(5,'web','demo-zhang','demo-zhang',5,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(6,'web','demo-chen','demo-chen',6,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(7,'web','demo-lin','demo-lin',7,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(8,'web','demo-zhao','demo-zhao',8,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "accounts" VALUES(9,'web','demo-zhou','demo-zhou',9,'2026-11-23 06:00:00.000000','invite',0,1,NULL,'zh','','2026-11-23 06:00:00.000000',NULL);
CREATE TABLE alarms (
	promise_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	told_at DATETIME NOT NULL, 
	CONSTRAINT pk_alarms PRIMARY KEY (promise_id, stage, person_id), 
	CONSTRAINT fk_alarms_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_alarms_promise_id_promises FOREIGN KEY(promise_id) REFERENCES promises (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0034');
INSERT INTO "alembic_version" VALUES('9002');
CREATE TABLE archive (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	remark TEXT NOT NULL, 
	at DATETIME NOT NULL, file_number TEXT DEFAULT '' NOT NULL, term TEXT DEFAULT '' NOT NULL, secrecy TEXT DEFAULT '' NOT NULL, kept_until DATE, 
	CONSTRAINT pk_archive PRIMARY KEY (id), 
	CONSTRAINT fk_archive_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_archive_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_archive_ticket_id UNIQUE (ticket_id)
);
CREATE TABLE assets (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	aliases JSON NOT NULL, 
	CONSTRAINT pk_assets PRIMARY KEY (id), 
	CONSTRAINT fk_assets_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT uq_assets_school_id_name UNIQUE (school_id, name)
);
INSERT INTO "assets" VALUES(1,1,'成绩系统','["\u6210\u7ee9\u7ba1\u7406\u7cfb\u7edf", "\u67e5\u5206\u7cfb\u7edf"]');
INSERT INTO "assets" VALUES(2,1,'教务系统','["\u6559\u52a1"]');
INSERT INTO "assets" VALUES(3,1,'选课系统','["\u9009\u8bfe"]');
INSERT INTO "assets" VALUES(4,1,'检索机','["\u68c0\u7d22\u7cfb\u7edf"]');
INSERT INTO "assets" VALUES(5,2,'成绩系统','["\u6210\u7ee9\u7ba1\u7406\u7cfb\u7edf", "\u67e5\u5206\u7cfb\u7edf"]');
INSERT INTO "assets" VALUES(6,2,'教务系统','["\u6559\u52a1"]');
INSERT INTO "assets" VALUES(7,2,'选课系统','["\u9009\u8bfe"]');
INSERT INTO "assets" VALUES(8,2,'检索机','["\u68c0\u7d22\u7cfb\u7edf"]');
CREATE TABLE attachments (
	id INTEGER NOT NULL, 
	ticket_id INTEGER, 
	event_id INTEGER, 
	person_id INTEGER, 
	channel TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	media_type TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	facts JSON NOT NULL, 
	state TEXT NOT NULL, 
	path TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_event_id_events FOREIGN KEY(event_id) REFERENCES events (id), 
	CONSTRAINT fk_attachments_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_attachments_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE calendar_days (
	day DATE NOT NULL, 
	is_working BOOLEAN NOT NULL, 
	name TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	CONSTRAINT pk_calendar_days PRIMARY KEY (day)
);
CREATE TABLE calendar_editions (
	id INTEGER NOT NULL, 
	edition TEXT NOT NULL, 
	years JSON NOT NULL, 
	source TEXT NOT NULL, 
	imported_at DATETIME NOT NULL, 
	imported_by TEXT NOT NULL, 
	"before" JSON NOT NULL, 
	reached INTEGER NOT NULL, 
	done_at DATETIME, next_at DATETIME, 
	CONSTRAINT pk_calendar_editions PRIMARY KEY (id), 
	CONSTRAINT uq_calendar_editions_edition UNIQUE (edition)
);
CREATE TABLE "calls" (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	ticket_id INTEGER, 
	reason TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	done_at DATETIME, 
	school_id INTEGER, 
	assignee_id INTEGER, 
	done_by INTEGER, 
	filed_ticket_id INTEGER, 
	script TEXT, 
	outcome TEXT, 
	words TEXT, 
	next_at DATETIME, 
	log JSON, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	failures INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_calls PRIMARY KEY (id), 
	CONSTRAINT fk_calls_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT fk_calls_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_calls_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT fk_calls_assignee_id_people FOREIGN KEY(assignee_id) REFERENCES people (id), 
	CONSTRAINT fk_calls_done_by_people FOREIGN KEY(done_by) REFERENCES people (id), 
	CONSTRAINT fk_calls_filed_ticket_id_tickets FOREIGN KEY(filed_ticket_id) REFERENCES tickets (id)
);
CREATE TABLE chain (
	n INTEGER NOT NULL, 
	sealed_at DATETIME NOT NULL, 
	kind TEXT NOT NULL, 
	path TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	leaf TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	ticket_id INTEGER, 
	edition_id INTEGER, 
	attachment_id INTEGER, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_chain PRIMARY KEY (n), 
	CONSTRAINT fk_chain_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT fk_chain_edition_id_record_editions FOREIGN KEY(edition_id) REFERENCES record_editions (id), 
	CONSTRAINT fk_chain_attachment_id_attachments FOREIGN KEY(attachment_id) REFERENCES attachments (id)
);
CREATE TABLE chain_heads (
	day DATE NOT NULL, 
	n INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_chain_heads PRIMARY KEY (day)
);
CREATE TABLE channel_holds (
	channel TEXT NOT NULL, 
	until_at DATETIME NOT NULL, 
	CONSTRAINT pk_channel_holds PRIMARY KEY (channel)
);
CREATE TABLE "confirmations" (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	person_id INTEGER, 
	account_id INTEGER, 
	inbox_id INTEGER, 
	content TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	at DATETIME NOT NULL, number TEXT DEFAULT '' NOT NULL, shown TEXT DEFAULT '' NOT NULL, shown_digest TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_confirmations PRIMARY KEY (id), 
	CONSTRAINT fk_confirmations_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_confirmations_event_id_events FOREIGN KEY(event_id) REFERENCES events (id), 
	CONSTRAINT fk_confirmations_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_confirmations_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "confirmations" VALUES(1,2,7,3,3,11,'{"since":"2026-11-23T06:00:00+00:00","urgent":true}','87d23510c2703fb59d63fb54f0e29378f41bcf3278b0e66fcf345d0776f0689b','2026-11-23 06:00:00.000000','DZQR-2026-000001','👷 #2 张工 已接单，正在处理
状态：已响应
201教室的打印机卡纸
📍 第二中学 201教室 打印机
工程师：张工
⏱ 故障解决或出方案 最迟 16:00 ','328e8a77fd3aa586c3ed65193f4ef0505970038bb37d4dac1ae80c943da23003');
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	notice TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	told_at DATETIME NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (id), 
	CONSTRAINT fk_consents_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE contracts (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	project_id INTEGER, 
	number TEXT NOT NULL, 
	policy_id INTEGER NOT NULL, 
	accepted_on DATE NOT NULL, 
	delivered_on DATE NOT NULL, 
	deposit_fen INTEGER NOT NULL, 
	CONSTRAINT pk_contracts PRIMARY KEY (id), 
	CONSTRAINT fk_contracts_policy_id_policies FOREIGN KEY(policy_id) REFERENCES policies (id), 
	CONSTRAINT fk_contracts_project_id_projects FOREIGN KEY(project_id) REFERENCES projects (id), 
	CONSTRAINT fk_contracts_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id)
);
INSERT INTO "contracts" VALUES(1,1,1,'',1,'2026-05-27','2026-04-27',5000000);
INSERT INTO "contracts" VALUES(2,2,2,'',1,'2026-05-27','2026-04-27',5000000);
CREATE TABLE counters (
	series TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (series, year)
);
INSERT INTO "counters" VALUES('ZXFK',2026,2);
INSERT INTO "counters" VALUES('ticket',0,2);
INSERT INTO "counters" VALUES('DZQR',2026,1);
CREATE TABLE daily_runs (
	job TEXT NOT NULL, 
	day DATE NOT NULL, 
	started_at DATETIME NOT NULL, next_at DATETIME, reached INTEGER DEFAULT '0' NOT NULL, failures INTEGER DEFAULT '0' NOT NULL, milliseconds INTEGER DEFAULT '0' NOT NULL, found INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_daily_runs PRIMARY KEY (job, day)
);
INSERT INTO "daily_runs" VALUES('audit','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('morning_list','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('weekly_report','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('monthly_report','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('quarter','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('rosters','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('contracts','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('chain_head','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
INSERT INTO "daily_runs" VALUES('calendar_warning','2026-11-23','2026-11-23 06:00:00.000000',NULL,0,0,0,0);
CREATE TABLE dialogs (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	chat TEXT NOT NULL, 
	state JSON NOT NULL, 
	expires_at DATETIME, 
	last_ticket_id INTEGER, 
	last_ticket_at DATETIME, turns INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_dialogs PRIMARY KEY (id), 
	CONSTRAINT fk_dialogs_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT uq_dialogs_account_id_chat UNIQUE (account_id, chat)
);
INSERT INTO "dialogs" VALUES(1,2,'demo-liu','{"frames": [{"id": "2", "flow": "add", "subject": "1", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"may": {"value": null, "how": "looked_up", "digest": "13c6af4d42"}}, "shown": {"question": "content", "takes_words": true, "numbers": [], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "over": [{"frame": "1", "result": null}], "opened": 2}','2026-11-23 08:00:00.000000',1,'2026-11-23 06:00:00.000000',2);
INSERT INTO "dialogs" VALUES(2,4,'demo-li','{"frames": [{"id": "2", "flow": "propose", "subject": "1", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"0.what": {"value": "\u68c0\u67e5\u5bfc\u51fa\u7ec4\u4ef6", "how": "said", "kind": "Text", "at": "2026-11-23T06:00:00+00:00", "message": "kept-4"}}, "shown": {"question": "0.until", "takes_words": false, "numbers": [], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "over": [{"frame": "1", "result": null}], "opened": 2}','2026-11-23 08:00:00.000000',1,'2026-11-23 06:00:00.000000',2);
INSERT INTO "dialogs" VALUES(3,3,'demo-sun','{"frames": [{"id": "2", "flow": "urgent", "subject": "2", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"declared": {"value": null, "how": "acted", "at": "2026-11-23T06:00:00+00:00"}}, "shown": {"question": "cause", "takes_words": false, "numbers": [["1", "policy"], ["2", "defect"], ["3", "business"]], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "over": [{"frame": "1", "result": null}], "opened": 2}','2026-11-24 06:00:00.000000',2,'2026-11-23 06:00:00.000000',2);
INSERT INTO "dialogs" VALUES(4,5,'demo-zhang','{"frames": [{"id": "2", "flow": "done", "subject": "2", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"may": {"value": null, "how": "looked_up", "digest": "4f53cda18c"}}, "shown": {"question": "words", "takes_words": true, "numbers": [], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "over": [{"frame": "1", "result": null}], "opened": 2}','2026-11-23 08:00:00.000000',2,'2026-11-23 06:00:00.000000',1);
INSERT INTO "dialogs" VALUES(5,1,'demo-wang','{"frames": [{"id": "1", "flow": "report", "subject": "", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"what": {"value": "302\u6559\u5ba4\u7684\u6295\u5f71\u4eea\u6253\u4e0d\u5f00", "how": "said", "at": "2026-11-23T06:00:00+00:00", "message": "kept-9"}, "school": {"value": "1", "how": "only", "kind": "Choice"}, "guess": {"value": {"place": "302\u6559\u5ba4", "system": "\u6295\u5f71\u4eea", "kind": "fault", "kinds": ["fault", "consultation", "usability", "performance", "in_scope", "customised"], "urgent": false}, "how": "looked_up", "digest": "edb51e1df5"}}, "shown": {"question": "sure", "takes_words": false, "numbers": [["1", "submit"], ["2", "change"], ["3", "cancel"]], "digest": "6505337758", "at": "2026-11-23T06:00:00+00:00"}, "stated": true}], "opened": 1}','2026-11-23 06:03:00.000000',NULL,NULL,0);
INSERT INTO "dialogs" VALUES(6,7,'demo-lin','{"frames": [{"id": "1", "flow": "register", "subject": "", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"talk": {"value": {}, "how": "looked_up", "digest": "4f53cda18c"}, "school": {"value": "1", "how": "said", "kind": "Choice", "at": "2026-11-23T06:00:00+00:00", "message": "kept-12"}}, "shown": {"question": "person", "takes_words": false, "numbers": [["1", "1"], ["2", "2"], ["3", "new"]], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "opened": 1}','2026-11-23 08:00:00.000000',NULL,NULL,1);
INSERT INTO "dialogs" VALUES(7,6,'demo-chen','{"frames": [{"id": "1", "flow": "assign", "subject": "1", "opened_at": "2026-11-23T06:00:00+00:00", "touched_at": "2026-11-23T06:00:00+00:00", "answers": {"may": {"value": null, "how": "looked_up", "digest": "44bcdc9efd"}}, "shown": {"question": "colleague", "takes_words": false, "numbers": [["1", "5"], ["2", "4"]], "digest": "", "at": "2026-11-23T06:00:00+00:00"}}], "opened": 1}','2026-11-23 08:00:00.000000',1,'2026-11-23 06:00:00.000000',0);
CREATE TABLE digests (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	school_id INTEGER, 
	day DATE NOT NULL, 
	about TEXT NOT NULL, 
	content TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	account_id INTEGER, 
	inbox_id INTEGER, 
	shown TEXT NOT NULL, 
	shown_digest TEXT NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_about UNIQUE (about), 
	CONSTRAINT fk_digests_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_digests_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT fk_digests_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);
CREATE TABLE earlier_selves (
	person_id INTEGER NOT NULL, 
	became_id INTEGER NOT NULL, 
	bound_how TEXT NOT NULL, 
	became_at DATETIME NOT NULL, 
	CONSTRAINT pk_earlier_selves PRIMARY KEY (person_id), 
	CONSTRAINT fk_earlier_selves_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_earlier_selves_became_id_people FOREIGN KEY(became_id) REFERENCES people (id)
);
CREATE TABLE events (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	actor_id INTEGER, 
	actor_as TEXT NOT NULL, 
	name TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	data JSON NOT NULL, 
	is_internal BOOLEAN NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT fk_events_actor_id_people FOREIGN KEY(actor_id) REFERENCES people (id), 
	CONSTRAINT fk_events_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
INSERT INTO "events" VALUES(1,1,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',2,'reporter','report',1,'{"text": "\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355", "unconfirmed": false, "kind": "fault", "reported_at": {"at": "2026-11-23T06:00:00+00:00"}, "urgent_at": null, "contract": 1, "policy": 1}',0);
INSERT INTO "events" VALUES(2,1,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',NULL,'system','routed',1,'{"engineer": 4, "reason": "routing.equal", "values": {"load": 0}, "promise": ""}',1);
INSERT INTO "events" VALUES(3,1,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',4,'assignee','acknowledge',1,'{}',0);
INSERT INTO "events" VALUES(4,2,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',3,'reporter','report',1,'{"text": "201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8", "unconfirmed": false, "kind": "fault", "reported_at": {"at": "2026-11-23T06:00:00+00:00"}, "urgent_at": null, "contract": 2, "policy": 1}',0);
INSERT INTO "events" VALUES(5,2,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',NULL,'system','routed',1,'{"engineer": 5, "reason": "routing.lowest_load", "values": {"load": 0}, "promise": ""}',1);
INSERT INTO "events" VALUES(6,2,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',5,'assignee','acknowledge',1,'{}',0);
INSERT INTO "events" VALUES(7,2,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',3,'reporter','urgent',1,'{"since": {"at": "2026-11-23T06:00:00+00:00"}}',0);
CREATE TABLE findings (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	is_software BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	author_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_findings PRIMARY KEY (id), 
	CONSTRAINT fk_findings_author_id_people FOREIGN KEY(author_id) REFERENCES people (id), 
	CONSTRAINT fk_findings_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE follow_ups (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	school_id INTEGER, 
	ticket_id INTEGER, 
	occasion TEXT NOT NULL, 
	about TEXT NOT NULL, 
	due_at DATETIME, 
	asked_at DATETIME, 
	answered_at DATETIME, 
	answer TEXT NOT NULL, 
	way TEXT NOT NULL, 
	call_id INTEGER, 
	filed_ticket_id INTEGER, 
	failures INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_follow_ups PRIMARY KEY (id), 
	CONSTRAINT uq_follow_ups_person_id_occasion_about UNIQUE (person_id, occasion, about), 
	CONSTRAINT fk_follow_ups_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_follow_ups_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT fk_follow_ups_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT fk_follow_ups_call_id_calls FOREIGN KEY(call_id) REFERENCES calls (id), 
	CONSTRAINT fk_follow_ups_filed_ticket_id_tickets FOREIGN KEY(filed_ticket_id) REFERENCES tickets (id)
);
CREATE TABLE followers (
	ticket_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_followers PRIMARY KEY (ticket_id, person_id), 
	CONSTRAINT fk_followers_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_followers_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE following_strangers (
	ticket_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	CONSTRAINT pk_following_strangers PRIMARY KEY (ticket_id, account_id), 
	CONSTRAINT fk_following_strangers_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_following_strangers_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE heartbeats (
	id INTEGER NOT NULL, 
	began_at DATETIME NOT NULL, 
	last_at DATETIME NOT NULL, 
	CONSTRAINT pk_heartbeats PRIMARY KEY (id)
);
INSERT INTO "heartbeats" VALUES(1,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000');
CREATE TABLE "inbox" (
	id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	account TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	message JSON NOT NULL, 
	raw TEXT NOT NULL, 
	state TEXT NOT NULL, 
	error TEXT NOT NULL, 
	release TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (id), 
	CONSTRAINT uq_inbox_channel_external_id UNIQUE (channel, external_id)
);
INSERT INTO "inbox" VALUES(1,'web','kept-0','demo-liu','demo-liu','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-liu", "chat": "demo-liu", "external_id": "kept-0", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(2,'web','kept-1','demo-liu','demo-liu','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-liu", "chat": "demo-liu", "external_id": "kept-1", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u786e\u8ba4\u63d0\u4ea4", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(3,'web','kept-2','demo-li','demo-li','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-li", "chat": "demo-li", "external_id": "kept-2", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u63a5\u5355 1", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(4,'web','kept-3','demo-li','demo-li','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-li", "chat": "demo-li", "external_id": "kept-3", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u51fa\u65b9\u6848 1", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(5,'web','kept-4','demo-li','demo-li','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-li", "chat": "demo-li", "external_id": "kept-4", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u68c0\u67e5\u5bfc\u51fa\u7ec4\u4ef6", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(6,'web','kept-5','demo-sun','demo-sun','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-sun", "chat": "demo-sun", "external_id": "kept-5", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(7,'web','kept-6','demo-sun','demo-sun','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-sun", "chat": "demo-sun", "external_id": "kept-6", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u786e\u8ba4\u63d0\u4ea4", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(8,'web','kept-7','demo-zhang','demo-zhang','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-zhang", "chat": "demo-zhang", "external_id": "kept-7", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u63a5\u5355 2", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(9,'web','kept-8','demo-zhang','demo-zhang','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-zhang", "chat": "demo-zhang", "external_id": "kept-8", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u5b8c\u6210 2", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(10,'web','kept-9','demo-wang','demo-wang','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-wang", "chat": "demo-wang", "external_id": "kept-9", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "302\u6559\u5ba4\u7684\u6295\u5f71\u4eea\u6253\u4e0d\u5f00", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(11,'web','kept-10','demo-sun','demo-sun','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-sun", "chat": "demo-sun", "external_id": "kept-10", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u7d27\u6025 2", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(12,'web','kept-11','demo-lin','demo-lin','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-lin", "chat": "demo-lin", "external_id": "kept-11", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u767b\u8bb0", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(13,'web','kept-12','demo-lin','demo-lin','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-lin", "chat": "demo-lin", "external_id": "kept-12", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u7b2c\u4e00\u4e2d\u5b66", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(14,'web','kept-13','demo-chen','demo-chen','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-chen", "chat": "demo-chen", "external_id": "kept-13", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u6307\u6d3e 1", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
INSERT INTO "inbox" VALUES(15,'web','kept-14','demo-liu','demo-liu','2026-11-23 06:00:00.000000',NULL,'{"channel": "web", "account": "demo-liu", "chat": "demo-liu", "external_id": "kept-14", "received_at": "2026-11-23 06:00:00+00:00", "sent_at": null, "said_at": null, "contact": "message", "text": "\u8865\u5145 1", "tap": "", "shown_id": "", "scan": "", "edits": "", "message_id": "", "media": [], "language": "", "name": ""}','','done','','',0);
CREATE TABLE invites (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	person_id INTEGER, 
	school_id INTEGER, 
	role TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	used_by INTEGER, 
	CONSTRAINT pk_invites PRIMARY KEY (id), 
	CONSTRAINT fk_invites_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_invites_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT fk_invites_used_by_accounts FOREIGN KEY(used_by) REFERENCES accounts (id), 
	CONSTRAINT uq_invites_code UNIQUE (code)
);
CREATE TABLE issued_records (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	issued_at DATETIME NOT NULL, 
	CONSTRAINT pk_issued_records PRIMARY KEY (id), 
	CONSTRAINT fk_issued_records_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_issued_records_number UNIQUE (number), 
	CONSTRAINT uq_issued_records_ticket_id_record_attempt UNIQUE (ticket_id, record, attempt)
);
CREATE TABLE jobs (
	name TEXT NOT NULL, 
	started_at DATETIME, 
	finished_at DATETIME, 
	milliseconds INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	backlog INTEGER NOT NULL, 
	CONSTRAINT pk_jobs PRIMARY KEY (name)
);
INSERT INTO "jobs" VALUES('dialogs','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('editions','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.013000',13,'',0);
INSERT INTO "jobs" VALUES('gaps','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('swaps','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('talks','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('shifts','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('reminders','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('follow_ups','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('calls','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
INSERT INTO "jobs" VALUES('alarms','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,'',0);
CREATE TABLE lanes (
	id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	chat TEXT NOT NULL, 
	next_at DATETIME, 
	leased_until_at DATETIME, 
	CONSTRAINT pk_lanes PRIMARY KEY (id), 
	CONSTRAINT uq_lanes_channel_chat UNIQUE (channel, chat)
);
INSERT INTO "lanes" VALUES(1,'web','demo-liu',NULL,NULL);
INSERT INTO "lanes" VALUES(2,'web','demo-li',NULL,NULL);
INSERT INTO "lanes" VALUES(3,'web','demo-zhang',NULL,NULL);
INSERT INTO "lanes" VALUES(4,'web','demo-sun',NULL,NULL);
INSERT INTO "lanes" VALUES(5,'web','demo-wang',NULL,NULL);
INSERT INTO "lanes" VALUES(6,'web','demo-chen',NULL,NULL);
INSERT INTO "lanes" VALUES(7,'web','demo-lin',NULL,NULL);
CREATE TABLE leaves (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answered_at DATETIME, 
	answered_by INTEGER, 
	answer TEXT NOT NULL, 
	CONSTRAINT pk_leaves PRIMARY KEY (id), 
	CONSTRAINT fk_leaves_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_leaves_answered_by_people FOREIGN KEY(answered_by) REFERENCES people (id)
);
CREATE TABLE memberships (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	school_id INTEGER, 
	role TEXT NOT NULL, 
	since_at DATETIME NOT NULL, 
	until_at DATETIME, 
	CONSTRAINT pk_memberships PRIMARY KEY (id), 
	CONSTRAINT fk_memberships_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_memberships_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT uq_memberships_person_id_school_id_role UNIQUE (person_id, school_id, role)
);
INSERT INTO "memberships" VALUES(1,1,1,'teacher','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(2,2,1,'representative','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(3,3,2,'teacher','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(4,4,NULL,'engineer','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(5,5,NULL,'engineer','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(6,6,NULL,'lead','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(7,7,NULL,'desk','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(8,8,NULL,'archivist','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "memberships" VALUES(9,9,NULL,'manager','2026-11-23 06:00:00.000000',NULL);
CREATE TABLE opinions (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	person_id INTEGER, 
	answer TEXT NOT NULL, 
	mark INTEGER, 
	words TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	at DATETIME NOT NULL, account_id INTEGER, 
	CONSTRAINT pk_opinions PRIMARY KEY (id), 
	CONSTRAINT fk_opinions_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_opinions_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	lane_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	telling TEXT NOT NULL, 
	weight TEXT NOT NULL, 
	body JSON NOT NULL, 
	ticket_id INTEGER, 
	event_id INTEGER, 
	question TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	sending_until_at DATETIME, 
	sent_at DATETIME, 
	message_id TEXT NOT NULL, 
	rendered JSON, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT fk_outbox_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_outbox_event_id_events FOREIGN KEY(event_id) REFERENCES events (id), 
	CONSTRAINT fk_outbox_lane_id_lanes FOREIGN KEY(lane_id) REFERENCES lanes (id), 
	CONSTRAINT fk_outbox_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_outbox_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_outbox_telling UNIQUE (telling)
);
INSERT INTO "outbox" VALUES(1,1,2,2,'r1:0','reply','{"text": "\u8bf7\u786e\u8ba4\uff1a\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83c\udfeb \u7b2c\u4e00\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a\uff08\u672a\u586b\uff09\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6559\u52a1\u7cfb\u7edf\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "edits": "", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~1976c71642zV3PcOOHBi8", "primary"], ["\u4fee\u6539", "d~1~sure~change~1976c71642QICuzIWXuAg", ""], ["\u53d6\u6d88", "d~1~sure~cancel~1976c716423SHNoQWDy7k", ""]]}',NULL,NULL,'1:sure','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','1','{"text": "\u8bf7\u786e\u8ba4\uff1a\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83c\udfeb \u7b2c\u4e00\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a\uff08\u672a\u586b\uff09\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6559\u52a1\u7cfb\u7edf\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~1976c71642zV3PcOOHBi8", "primary"], ["\u4fee\u6539", "d~1~sure~change~1976c71642QICuzIWXuAg", ""], ["\u53d6\u6d88", "d~1~sure~cancel~1976c716423SHNoQWDy7k", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(2,1,2,2,'e1:2','reply','{"notice": "filed", "how": "ring", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',1,1,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','2','{"text": "\u2705 #1 \u5df2\u767b\u8bb0\u3002\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\u3002\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u8865\u5145", "c~add~1~1~_xHeBgWzeds", ""], ["\u50ac\u529e", "c~nudge~1~1~x9kX9XSKjsk", ""], ["\u7d27\u6025", "c~urgent~1~1~82mlK3PBpUg", "danger"], ["\u64a4\u9500", "c~withdraw~1~1~IZ8ihqklrys", ""], ["\u5355\u636e", "c~records~1~0~TTG16bl38Zg", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~UqGH8bJi4Lw", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(3,2,4,4,'e1:4','alarm','{"notice": "new_ticket", "how": "ring", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',1,1,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','3','{"text": "\ud83d\udd14 \u65b0\u5355 #1\uff0c\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u62a5\u4fee\u4eba\uff1a\u5218\u4e3b\u4efb\uff0c14:00\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u63a5\u5355", "c~acknowledge~1~1~o2HiwZqcFN4", "success"], ["\u8f6c\u4ea4", "c~hand_over~1~1~JcOWYmMScr8", ""], ["\u5b8c\u6210", "c~done~1~1~dzgdzmmcY-E", "primary"], ["\u51fa\u65b9\u6848", "c~propose~1~1~Hwt7h_DF4fQ", ""], ["\u5f00\u5de5", "c~start~1~1~BT1_qzKluvc", ""], ["\u63d0\u95ee", "c~ask~1~1~_Zoc6g9MDjY", ""], ["\u7b54\u590d", "c~answer~1~1~EgQ2BGoUno8", ""], ["\u51fa\u53d1", "c~depart~1~1~ROq1yuZKg9g", ""], ["\u5230\u573a", "c~arrive~1~1~l43S66WuKuQ", ""], ["\u5907\u6ce8", "c~note~1~1~zmaodBxoJI8", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~1~1~ir-1C8-xrj0", ""], ["\u7c7b\u522b", "c~resort~1~1~v3lVdQke9Pk", ""], ["\u7d27\u6025", "c~resort_urgency~1~1~ksEutfoR22I", ""], ["\u5408\u5e76", "c~merge~1~1~rVevSHg7PDE", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~HESfx-KWJIQ", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(4,3,5,5,'e1:5','alarm','{"notice": "new_ticket", "how": "quiet", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',1,1,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','4','{"text": "\ud83d\udd14 \u65b0\u5355 #1\uff0c\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u62a5\u4fee\u4eba\uff1a\u5218\u4e3b\u4efb\uff0c14:00\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u63a5\u5355", "c~acknowledge~1~1~WiE6iM-Avs8", "success"], ["\u8f6c\u4ea4", "c~hand_over~1~1~nZ2Sz6ofcAs", ""], ["\u5b8c\u6210", "c~done~1~1~yBXfPVQV36U", "primary"], ["\u51fa\u65b9\u6848", "c~propose~1~1~9rkgKBdmJJ0", ""], ["\u5f00\u5de5", "c~start~1~1~2COsklut2rg", ""], ["\u63d0\u95ee", "c~ask~1~1~GpN8hpT0kAU", ""], ["\u7b54\u590d", "c~answer~1~1~Qt8TPkl6CEc", ""], ["\u51fa\u53d1", "c~depart~1~1~DqxcACLr5eE", ""], ["\u5230\u573a", "c~arrive~1~1~Id102APP8wQ", ""], ["\u5907\u6ce8", "c~note~1~1~Ob72N9FR47Q", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~1~1~rcCdaVH_mZc", ""], ["\u7c7b\u522b", "c~resort~1~1~eVLRqIw8Hgo", ""], ["\u7d27\u6025", "c~resort_urgency~1~1~6Z7Qsy3VUzw", ""], ["\u5408\u5e76", "c~merge~1~1~lQMJ44c4C6g", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~TR1Eh9Axgt4", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(5,2,4,4,'e3:4','reply','{"notice": "you_acknowledged", "how": "ring", "values": {"engineer": "\u674e\u5de5"}}',1,3,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','5','{"text": "\ud83d\udc4c #1 \u5df2\u63a5\u5355\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u62a5\u4fee\u4eba\uff1a\u5218\u4e3b\u4efb\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u674e\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u5b8c\u6210", "c~done~1~1~dzgdzmmcY-E", "primary"], ["\u51fa\u65b9\u6848", "c~propose~1~1~Hwt7h_DF4fQ", ""], ["\u5f00\u5de5", "c~start~1~1~BT1_qzKluvc", ""], ["\u63d0\u95ee", "c~ask~1~1~_Zoc6g9MDjY", ""], ["\u7b54\u590d", "c~answer~1~1~EgQ2BGoUno8", ""], ["\u51fa\u53d1", "c~depart~1~1~ROq1yuZKg9g", ""], ["\u5230\u573a", "c~arrive~1~1~l43S66WuKuQ", ""], ["\u8f6c\u4ea4", "c~hand_over~1~1~JcOWYmMScr8", ""], ["\u5907\u6ce8", "c~note~1~1~zmaodBxoJI8", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~1~1~ir-1C8-xrj0", ""], ["\u7c7b\u522b", "c~resort~1~1~v3lVdQke9Pk", ""], ["\u7d27\u6025", "c~resort_urgency~1~1~ksEutfoR22I", ""], ["\u5408\u5e76", "c~merge~1~1~rVevSHg7PDE", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~HESfx-KWJIQ", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(6,1,2,2,'e3:2','card','{"notice": "acknowledged", "how": "ring", "values": {"engineer": "\u674e\u5de5"}}',1,3,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','6','{"text": "\ud83d\udc77 #1 \u674e\u5de5 \u5df2\u63a5\u5355\uff0c\u6b63\u5728\u5904\u7406\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u5de5\u7a0b\u5e08\uff1a\u674e\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u8865\u5145", "c~add~1~1~_xHeBgWzeds", ""], ["\u50ac\u529e", "c~nudge~1~1~x9kX9XSKjsk", ""], ["\u7d27\u6025", "c~urgent~1~1~82mlK3PBpUg", "danger"], ["\u64a4\u9500", "c~withdraw~1~1~IZ8ihqklrys", ""], ["\u5355\u636e", "c~records~1~0~TTG16bl38Zg", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~UqGH8bJi4Lw", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(7,3,5,5,'e3:5','card','{"notice": "card", "how": "card", "values": {"engineer": "\u674e\u5de5"}}',1,3,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','4','{"text": "#1 \u5df2\u54cd\u5e94\n\u6559\u52a1\u7cfb\u7edf\u5bfc\u4e0d\u51fa\u6210\u7ee9\u5355\n\ud83d\udccd \u7b2c\u4e00\u4e2d\u5b66 \u6559\u52a1\u7cfb\u7edf\n\u62a5\u4fee\u4eba\uff1a\u5218\u4e3b\u4efb\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u674e\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u5907\u6ce8", "c~note~1~1~Ob72N9FR47Q", ""], ["\u7c7b\u522b", "c~resort~1~1~eVLRqIw8Hgo", ""], ["\u7d27\u6025", "c~resort_urgency~1~1~6Z7Qsy3VUzw", ""], ["\u5408\u5e76", "c~merge~1~1~lQMJ44c4C6g", ""], ["\u4e3a\u4ec0\u4e48", "c~why~1~0~TR1Eh9Axgt4", ""]], "edits": "4", "files": []}','');
INSERT INTO "outbox" VALUES(8,2,4,4,'r4:0','reply','{"text": "#1 \u7b2c 1 \u6b65\u505a\u4ec0\u4e48\uff1f", "edits": "", "buttons": [["\u8fd4\u56de", "d~2~0.what~<~VoLNL5FVdu4", ""]]}',NULL,NULL,'2:0.what','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','8','{"text": "#1 \u7b2c 1 \u6b65\u505a\u4ec0\u4e48\uff1f", "buttons": [["\u8fd4\u56de", "d~2~0.what~<~VoLNL5FVdu4", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(9,2,4,4,'r5:0','reply','{"text": "#1 \u4ec0\u4e48\u65f6\u5019\u5b8c\u6210\uff1f\uff08\u65e5\u671f\uff0c\u6216\u65e5\u671f\u548c\u65f6\u95f4\uff09", "edits": "", "buttons": [["\u8fd4\u56de", "d~2~0.until~<~GqQfZBE5c3w", ""]]}',NULL,NULL,'2:0.until','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','9','{"text": "#1 \u4ec0\u4e48\u65f6\u5019\u5b8c\u6210\uff1f\uff08\u65e5\u671f\uff0c\u6216\u65e5\u671f\u548c\u65f6\u95f4\uff09", "buttons": [["\u8fd4\u56de", "d~2~0.until~<~GqQfZBE5c3w", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(10,4,3,3,'r6:0','reply','{"text": "\u8bf7\u786e\u8ba4\uff1a\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83c\udfeb \u7b2c\u4e8c\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a201\u6559\u5ba4\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6253\u5370\u673a\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "edits": "", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~055cdeb0c2_CapnkPEHhM", "primary"], ["\u4fee\u6539", "d~1~sure~change~055cdeb0c28mWM4ZEyrQs", ""], ["\u53d6\u6d88", "d~1~sure~cancel~055cdeb0c2KifHc6iTh7g", ""]]}',NULL,NULL,'1:sure','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','10','{"text": "\u8bf7\u786e\u8ba4\uff1a\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83c\udfeb \u7b2c\u4e8c\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a201\u6559\u5ba4\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6253\u5370\u673a\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~055cdeb0c2_CapnkPEHhM", "primary"], ["\u4fee\u6539", "d~1~sure~change~055cdeb0c28mWM4ZEyrQs", ""], ["\u53d6\u6d88", "d~1~sure~cancel~055cdeb0c2KifHc6iTh7g", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(11,4,3,3,'e4:3','reply','{"notice": "filed", "how": "ring", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',2,4,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','11','{"text": "\u2705 #2 \u5df2\u767b\u8bb0\u3002\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\u3002\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u8865\u5145", "c~add~2~1~z3GiP2zwt8Y", ""], ["\u50ac\u529e", "c~nudge~2~1~MOgqfv6_OvU", ""], ["\u7d27\u6025", "c~urgent~2~1~-870DbvzvDo", "danger"], ["\u64a4\u9500", "c~withdraw~2~1~CYvXtVLYJ0E", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~6T8m9xCP37I", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(12,2,4,4,'e4:4','alarm','{"notice": "new_ticket", "how": "quiet", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',2,4,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','12','{"text": "\ud83d\udd14 \u65b0\u5355 #2\uff0c\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u63a5\u5355", "c~acknowledge~2~1~H_1V4c-sQac", "success"], ["\u8f6c\u4ea4", "c~hand_over~2~1~QypDtj8iwK8", ""], ["\u5b8c\u6210", "c~done~2~1~M1gsfxkPLQU", "primary"], ["\u51fa\u65b9\u6848", "c~propose~2~1~6DU3xC_xSHE", ""], ["\u5f00\u5de5", "c~start~2~1~PezhdfzMRx8", ""], ["\u63d0\u95ee", "c~ask~2~1~Sc4mRWEXJE4", ""], ["\u7b54\u590d", "c~answer~2~1~OU34Jg9qaE4", ""], ["\u51fa\u53d1", "c~depart~2~1~5QXaA0bS4Q4", ""], ["\u5230\u573a", "c~arrive~2~1~l0M744rGwrA", ""], ["\u5907\u6ce8", "c~note~2~1~yT5sD-5_dkg", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~2~1~9nNwWeFaoEI", ""], ["\u7c7b\u522b", "c~resort~2~1~LhtWtcS-Xog", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~IvLcU2I45O0", ""], ["\u5408\u5e76", "c~merge~2~1~2_zTEwOV4EM", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~o7365Q6VFdQ", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(13,3,5,5,'e4:5','alarm','{"notice": "new_ticket", "how": "ring", "values": {"by_when": {"say": "by_when.fault-response", "values": {"due_at": {"at": "2026-11-23T06:10:00+00:00"}}}}}',2,4,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','13','{"text": "\ud83d\udd14 \u65b0\u5355 #2\uff0c\u6700\u8fdf 14:10 \u6709\u5de5\u7a0b\u5e08\u54cd\u5e94\n\u72b6\u6001\uff1a\u5df2\u767b\u8bb0\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u23f1 \u6545\u969c\u54cd\u5e94 \u6700\u8fdf 14:10 \n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u63a5\u5355", "c~acknowledge~2~1~v6WG8aN9EuM", "success"], ["\u8f6c\u4ea4", "c~hand_over~2~1~w6xAlB7zdcM", ""], ["\u5b8c\u6210", "c~done~2~1~DjR5bbXrWMY", "primary"], ["\u51fa\u65b9\u6848", "c~propose~2~1~2XJ_0hqROSg", ""], ["\u5f00\u5de5", "c~start~2~1~I50hBcIXimw", ""], ["\u63d0\u95ee", "c~ask~2~1~K5tMjb25PWw", ""], ["\u7b54\u590d", "c~answer~2~1~EEY_X8Y2QIw", ""], ["\u51fa\u53d1", "c~depart~2~1~FUWNaO6m50Y", ""], ["\u5230\u573a", "c~arrive~2~1~2a82gUZDyvk", ""], ["\u5907\u6ce8", "c~note~2~1~6ezsXmIMIKs", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~2~1~CA5bsidShZY", ""], ["\u7c7b\u522b", "c~resort~2~1~6Fts89Couhc", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~Bd6fklYk66o", ""], ["\u5408\u5e76", "c~merge~2~1~Ebj_AaJkS84", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~A0gtCqD7ns4", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(14,3,5,5,'e6:5','reply','{"notice": "you_acknowledged", "how": "ring", "values": {"engineer": "\u5f20\u5de5"}}',2,6,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','14','{"text": "\ud83d\udc4c #2 \u5df2\u63a5\u5355\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u5b8c\u6210", "c~done~2~1~DjR5bbXrWMY", "primary"], ["\u51fa\u65b9\u6848", "c~propose~2~1~2XJ_0hqROSg", ""], ["\u5f00\u5de5", "c~start~2~1~I50hBcIXimw", ""], ["\u63d0\u95ee", "c~ask~2~1~K5tMjb25PWw", ""], ["\u7b54\u590d", "c~answer~2~1~EEY_X8Y2QIw", ""], ["\u51fa\u53d1", "c~depart~2~1~FUWNaO6m50Y", ""], ["\u5230\u573a", "c~arrive~2~1~2a82gUZDyvk", ""], ["\u8f6c\u4ea4", "c~hand_over~2~1~w6xAlB7zdcM", ""], ["\u5907\u6ce8", "c~note~2~1~6ezsXmIMIKs", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~2~1~CA5bsidShZY", ""], ["\u7c7b\u522b", "c~resort~2~1~6Fts89Couhc", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~Bd6fklYk66o", ""], ["\u5408\u5e76", "c~merge~2~1~Ebj_AaJkS84", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~A0gtCqD7ns4", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(15,4,3,3,'e6:3','card','{"notice": "acknowledged", "how": "ring", "values": {"engineer": "\u5f20\u5de5"}}',2,6,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','15','{"text": "\ud83d\udc77 #2 \u5f20\u5de5 \u5df2\u63a5\u5355\uff0c\u6b63\u5728\u5904\u7406\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u8865\u5145", "c~add~2~1~z3GiP2zwt8Y", ""], ["\u50ac\u529e", "c~nudge~2~1~MOgqfv6_OvU", ""], ["\u7d27\u6025", "c~urgent~2~1~-870DbvzvDo", "danger"], ["\u64a4\u9500", "c~withdraw~2~1~CYvXtVLYJ0E", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~6T8m9xCP37I", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(16,2,4,4,'e6:4','card','{"notice": "card", "how": "card", "values": {"engineer": "\u5f20\u5de5"}}',2,6,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','12','{"text": "#2 \u5df2\u54cd\u5e94\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 ", "buttons": [["\u5907\u6ce8", "c~note~2~1~yT5sD-5_dkg", ""], ["\u7c7b\u522b", "c~resort~2~1~LhtWtcS-Xog", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~IvLcU2I45O0", ""], ["\u5408\u5e76", "c~merge~2~1~2_zTEwOV4EM", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~o7365Q6VFdQ", ""]], "edits": "12", "files": []}','');
INSERT INTO "outbox" VALUES(17,3,5,5,'r9:0','reply','{"text": "#2 \u505a\u4e86\u4ec0\u4e48\uff1f\uff08\u4e00\u53e5\u8bdd\uff0c\u7528\u6237\u4f1a\u770b\u5230\uff09", "edits": "", "buttons": [["\u8fd4\u56de", "d~2~words~<~NxhsYAWu_cE", ""]]}',NULL,NULL,'2:words','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','17','{"text": "#2 \u505a\u4e86\u4ec0\u4e48\uff1f\uff08\u4e00\u53e5\u8bdd\uff0c\u7528\u6237\u4f1a\u770b\u5230\uff09", "buttons": [["\u8fd4\u56de", "d~2~words~<~NxhsYAWu_cE", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(18,5,1,1,'r10:0','reply','{"text": "\u8bf7\u786e\u8ba4\uff1a\n302\u6559\u5ba4\u7684\u6295\u5f71\u4eea\u6253\u4e0d\u5f00\n\ud83c\udfeb \u7b2c\u4e00\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a302\u6559\u5ba4\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6295\u5f71\u4eea\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "edits": "", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~6505337758ezDl89bcI8U", "primary"], ["\u4fee\u6539", "d~1~sure~change~6505337758D8-yHM5SyIM", ""], ["\u53d6\u6d88", "d~1~sure~cancel~6505337758jQfgFbI8qm8", ""]]}',NULL,NULL,'1:sure','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','18','{"text": "\u8bf7\u786e\u8ba4\uff1a\n302\u6559\u5ba4\u7684\u6295\u5f71\u4eea\u6253\u4e0d\u5f00\n\ud83c\udfeb \u7b2c\u4e00\u4e2d\u5b66\n\ud83d\udccd \u5730\u70b9\uff1a302\u6559\u5ba4\n\ud83d\udcbb \u7cfb\u7edf\uff1a\u6295\u5f71\u4eea\n\ud83c\udff7 \u7c7b\u522b\uff1a\u6545\u969c\n\ud83d\udcf7 \u6ca1\u6709\u7167\u7247\n\ud83d\udd51 \u62a5\u4fee\u65f6\u95f4\uff1a14:00", "buttons": [["\u786e\u8ba4\u63d0\u4ea4", "d~1~sure~submit~6505337758ezDl89bcI8U", "primary"], ["\u4fee\u6539", "d~1~sure~change~6505337758D8-yHM5SyIM", ""], ["\u53d6\u6d88", "d~1~sure~cancel~6505337758jQfgFbI8qm8", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(19,4,3,3,'e7:3','reply','{"notice": "now_urgent", "how": "ring", "values": {"by": "\u5b59\u8001\u5e08"}}',2,7,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','19','{"text": "\ud83d\udea8 #2 \u5df2\u6807\u4e3a\u7d27\u6025\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94 \u00b7 \ud83d\udea8\u7d27\u6025\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 \n\u23f1 \u7d27\u6025\u6d3e\u51fa \u6700\u8fdf 15:00 \n\u23f1 \u5e94\u6025\u9884\u6848 \u6700\u8fdf 11-24 24:00 \n\u23f1 \u8f6f\u4ef6\u4fee\u6539\u65b9\u6848 \u6700\u8fdf 11-26 24:00 ", "buttons": [["\u8865\u5145", "c~add~2~1~z3GiP2zwt8Y", ""], ["\u50ac\u529e", "c~nudge~2~1~MOgqfv6_OvU", ""], ["\u4e0d\u6025\u4e86", "c~not_urgent~2~1~uxdqJRwvsAc", ""], ["\u7d27\u6025\u539f\u56e0", "c~state_urgency~2~1~HT9lvWEsbW0", ""], ["\u64a4\u9500", "c~withdraw~2~1~CYvXtVLYJ0E", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~6T8m9xCP37I", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(20,3,5,5,'e7:5','alarm','{"notice": "urgent_now", "how": "ring", "values": {"by": "\u5b59\u8001\u5e08"}}',2,7,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','20','{"text": "\ud83d\udea8 #2 \u5b59\u8001\u5e08 \u62a5\u544a\u7d27\u6025\uff0c1 \u5c0f\u65f6\u5185\u987b\u6d3e\u51fa\u6280\u672f\u4eba\u5458\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94 \u00b7 \ud83d\udea8\u7d27\u6025\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 \n\u23f1 \u7d27\u6025\u6d3e\u51fa \u6700\u8fdf 15:00 \n\u23f1 \u5e94\u6025\u9884\u6848 \u6700\u8fdf 11-24 24:00 \n\u23f1 \u8f6f\u4ef6\u4fee\u6539\u65b9\u6848 \u6700\u8fdf 11-26 24:00 ", "buttons": [["\u5b8c\u6210", "c~done~2~1~DjR5bbXrWMY", "primary"], ["\u51fa\u65b9\u6848", "c~propose~2~1~2XJ_0hqROSg", ""], ["\u5f00\u5de5", "c~start~2~1~I50hBcIXimw", ""], ["\u63d0\u95ee", "c~ask~2~1~K5tMjb25PWw", ""], ["\u7b54\u590d", "c~answer~2~1~EEY_X8Y2QIw", ""], ["\u51fa\u53d1", "c~depart~2~1~FUWNaO6m50Y", ""], ["\u5230\u573a", "c~arrive~2~1~2a82gUZDyvk", ""], ["\u5e94\u6025\u9884\u6848", "c~contingency~2~1~eAIoiJ9UI0g", ""], ["\u4fee\u6539\u65b9\u6848", "c~fix_plan~2~1~kKvW__ecoA0", ""], ["\u8f6c\u4ea4", "c~hand_over~2~1~w6xAlB7zdcM", ""], ["\u5907\u6ce8", "c~note~2~1~6ezsXmIMIKs", ""], ["\u65e0\u9700\u7ef4\u62a4", "c~decline~2~1~CA5bsidShZY", ""], ["\u7c7b\u522b", "c~resort~2~1~6Fts89Couhc", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~Bd6fklYk66o", ""], ["\u5408\u5e76", "c~merge~2~1~Ebj_AaJkS84", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~A0gtCqD7ns4", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(21,2,4,4,'e7:4','alarm','{"notice": "urgent_now", "how": "ring", "values": {"by": "\u5b59\u8001\u5e08"}}',2,7,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','21','{"text": "\ud83d\udea8 #2 \u5b59\u8001\u5e08 \u62a5\u544a\u7d27\u6025\uff0c1 \u5c0f\u65f6\u5185\u987b\u6d3e\u51fa\u6280\u672f\u4eba\u5458\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94 \u00b7 \ud83d\udea8\u7d27\u6025\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 \n\u23f1 \u7d27\u6025\u6d3e\u51fa \u6700\u8fdf 15:00 \n\u23f1 \u5e94\u6025\u9884\u6848 \u6700\u8fdf 11-24 24:00 \n\u23f1 \u8f6f\u4ef6\u4fee\u6539\u65b9\u6848 \u6700\u8fdf 11-26 24:00 ", "buttons": [["\u5907\u6ce8", "c~note~2~1~yT5sD-5_dkg", ""], ["\u7c7b\u522b", "c~resort~2~1~LhtWtcS-Xog", ""], ["\u7d27\u6025", "c~resort_urgency~2~1~IvLcU2I45O0", ""], ["\u5408\u5e76", "c~merge~2~1~2_zTEwOV4EM", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~o7365Q6VFdQ", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(22,6,6,6,'e7:6','alarm','{"notice": "urgent_now", "how": "ring", "values": {"by": "\u5b59\u8001\u5e08"}}',2,7,'','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','22','{"text": "\ud83d\udea8 #2 \u5b59\u8001\u5e08 \u62a5\u544a\u7d27\u6025\uff0c1 \u5c0f\u65f6\u5185\u987b\u6d3e\u51fa\u6280\u672f\u4eba\u5458\n\u72b6\u6001\uff1a\u5df2\u54cd\u5e94 \u00b7 \ud83d\udea8\u7d27\u6025\n201\u6559\u5ba4\u7684\u6253\u5370\u673a\u5361\u7eb8\n\ud83d\udccd \u7b2c\u4e8c\u4e2d\u5b66 201\u6559\u5ba4 \u6253\u5370\u673a\n\u62a5\u4fee\u4eba\uff1a\u5b59\u8001\u5e08\uff0c14:00\n\u5de5\u7a0b\u5e08\uff1a\u5f20\u5de5\n\u23f1 \u6545\u969c\u89e3\u51b3\u6216\u51fa\u65b9\u6848 \u6700\u8fdf 16:00 \n\u23f1 \u7d27\u6025\u6d3e\u51fa \u6700\u8fdf 15:00 \n\u23f1 \u5e94\u6025\u9884\u6848 \u6700\u8fdf 11-24 24:00 \n\u23f1 \u8f6f\u4ef6\u4fee\u6539\u65b9\u6848 \u6700\u8fdf 11-26 24:00 ", "buttons": [["\u6307\u6d3e", "c~assign~2~1~KC5eMgswXbo", ""], ["\u5907\u6ce8", "c~note~2~1~oMR2Qaevfx0", ""], ["\u5355\u636e", "c~records~2~0~eNLGD1q1RJc", ""], ["\u4e3a\u4ec0\u4e48", "c~why~2~0~K4Yd4X6H7Wo", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(23,4,3,3,'r11:0','reply','{"text": "#2 \u7d27\u6025\u7684\u539f\u56e0\u662f\uff1f", "edits": "", "buttons": [["\u653f\u7b56\u8c03\u6574", "d~2~cause~policy~T2sv4epsxZM", ""], ["\u8f6f\u4ef6\u7f3a\u9677", "d~2~cause~defect~vg6Kz7xXBZs", ""], ["\u7d27\u6025\u4e1a\u52a1", "d~2~cause~business~J5u2Z9q9J-8", ""]]}',NULL,NULL,'2:cause','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','23','{"text": "#2 \u7d27\u6025\u7684\u539f\u56e0\u662f\uff1f", "buttons": [["\u653f\u7b56\u8c03\u6574", "d~2~cause~policy~T2sv4epsxZM", ""], ["\u8f6f\u4ef6\u7f3a\u9677", "d~2~cause~defect~vg6Kz7xXBZs", ""], ["\u7d27\u6025\u4e1a\u52a1", "d~2~cause~business~J5u2Z9q9J-8", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(24,7,7,7,'r12:0','reply','{"text": "\u8bf7\u9009\u62e9\u5b66\u6821\uff1a", "edits": "", "buttons": [["\u7b2c\u4e00\u4e2d\u5b66", "d~1~school~1~lK06XALmZ1c", ""], ["\u7b2c\u4e8c\u4e2d\u5b66", "d~1~school~2~IFhDQh3z-LQ", ""], ["\u8fd4\u56de", "d~1~school~<~JUUwvEgPUAA", ""]]}',NULL,NULL,'1:school','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','24','{"text": "\u8bf7\u9009\u62e9\u5b66\u6821\uff1a", "buttons": [["\u7b2c\u4e00\u4e2d\u5b66", "d~1~school~1~lK06XALmZ1c", ""], ["\u7b2c\u4e8c\u4e2d\u5b66", "d~1~school~2~IFhDQh3z-LQ", ""], ["\u8fd4\u56de", "d~1~school~<~JUUwvEgPUAA", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(25,7,7,7,'r13:0','reply','{"text": "\u662f\u54ea\u4f4d\uff1f", "edits": "", "buttons": [["\u738b\u8001\u5e08", "d~1~person~1~zJADP_WLgi8", ""], ["\u5218\u4e3b\u4efb", "d~1~person~2~T_IzNyzDAdU", ""], ["\u65b0\u7684\u59d3\u540d", "d~1~person~new~xZ-rYQ66zUQ", ""], ["\u8fd4\u56de", "d~1~person~<~z10Wp7jYNdg", ""]]}',NULL,NULL,'1:person','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','25','{"text": "\u662f\u54ea\u4f4d\uff1f", "buttons": [["\u738b\u8001\u5e08", "d~1~person~1~zJADP_WLgi8", ""], ["\u5218\u4e3b\u4efb", "d~1~person~2~T_IzNyzDAdU", ""], ["\u65b0\u7684\u59d3\u540d", "d~1~person~new~xZ-rYQ66zUQ", ""], ["\u8fd4\u56de", "d~1~person~<~z10Wp7jYNdg", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(26,6,6,6,'r14:0','reply','{"text": "#1 \u4ea4\u7ed9\u8c01\uff1f", "edits": "", "buttons": [["\u5f20\u5de5", "d~1~colleague~5~Vt-XnOGgqMg", ""], ["\u674e\u5de5", "d~1~colleague~4~kECmE6NM56A", ""], ["\u8fd4\u56de", "d~1~colleague~<~Nni-zKQ7828", ""]]}',NULL,NULL,'1:colleague','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','26','{"text": "#1 \u4ea4\u7ed9\u8c01\uff1f", "buttons": [["\u5f20\u5de5", "d~1~colleague~5~Vt-XnOGgqMg", ""], ["\u674e\u5de5", "d~1~colleague~4~kECmE6NM56A", ""], ["\u8fd4\u56de", "d~1~colleague~<~Nni-zKQ7828", ""]], "edits": "", "files": []}','');
INSERT INTO "outbox" VALUES(27,1,2,2,'r15:0','reply','{"text": "#1 \u8bf7\u5199\u8981\u8865\u5145\u7684\u8bdd\uff0c\u4e5f\u53ef\u4ee5\u53d1\u7167\u7247\u3002", "edits": "", "buttons": [["\u8fd4\u56de", "d~2~content~<~V87FPnEN4pM", ""]]}',NULL,NULL,'2:content','sent',1,'2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','27','{"text": "#1 \u8bf7\u5199\u8981\u8865\u5145\u7684\u8bdd\uff0c\u4e5f\u53ef\u4ee5\u53d1\u7167\u7247\u3002", "buttons": [["\u8fd4\u56de", "d~2~content~<~V87FPnEN4pM", ""]], "edits": "", "files": []}','');
CREATE TABLE "penalties" (
	id INTEGER NOT NULL, 
	contract_id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	promise TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	amount_fen INTEGER NOT NULL, 
	taken_fen INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	promise_id INTEGER, 
	CONSTRAINT pk_penalties PRIMARY KEY (id), 
	CONSTRAINT fk_penalties_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT fk_penalties_contract_id_contracts FOREIGN KEY(contract_id) REFERENCES contracts (id), 
	CONSTRAINT uq_penalties_ticket_id_promise_round UNIQUE (ticket_id, promise, round), 
	CONSTRAINT fk_penalties_promise_id_promises FOREIGN KEY(promise_id) REFERENCES promises (id)
);
CREATE TABLE penalty_steps (
	id INTEGER NOT NULL, 
	penalty_id INTEGER NOT NULL, 
	event_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id INTEGER, 
	act TEXT NOT NULL, 
	words TEXT NOT NULL, 
	state TEXT NOT NULL, 
	taken_fen INTEGER NOT NULL, 
	CONSTRAINT pk_penalty_steps PRIMARY KEY (id), 
	CONSTRAINT fk_penalty_steps_actor_id_people FOREIGN KEY(actor_id) REFERENCES people (id), 
	CONSTRAINT fk_penalty_steps_event_id_events FOREIGN KEY(event_id) REFERENCES events (id), 
	CONSTRAINT fk_penalty_steps_penalty_id_penalties FOREIGN KEY(penalty_id) REFERENCES penalties (id)
);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	undisturbed BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(1,'王老师','13800000001','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(2,'刘主任','13800000002','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(3,'孙老师','13800000003','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(4,'李工','13900000001','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(5,'张工','13900000002','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(6,'陈主管','13900000003','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(7,'林客服','13900000004','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(8,'赵文档','13900000005','zh',0,'2026-11-23 06:00:00.000000');
INSERT INTO "people" VALUES(9,'周经理','13900000006','zh',0,'2026-11-23 06:00:00.000000');
CREATE TABLE plan_steps (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	due_at DATETIME NOT NULL, 
	done_at DATETIME, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_plan_steps PRIMARY KEY (id), 
	CONSTRAINT fk_plan_steps_plan_id_plans FOREIGN KEY(plan_id) REFERENCES plans (id), 
	CONSTRAINT uq_plan_steps_plan_id_step UNIQUE (plan_id, step)
);
CREATE TABLE plans (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	fee TEXT NOT NULL, 
	fee_clause TEXT NOT NULL, 
	fee_fen INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	handed_at DATETIME NOT NULL, 
	answer TEXT NOT NULL, 
	answered_at DATETIME, 
	answered_by INTEGER, 
	CONSTRAINT pk_plans PRIMARY KEY (id), 
	CONSTRAINT fk_plans_answered_by_people FOREIGN KEY(answered_by) REFERENCES people (id), 
	CONSTRAINT fk_plans_author_id_people FOREIGN KEY(author_id) REFERENCES people (id), 
	CONSTRAINT fk_plans_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_plans_ticket_id_version UNIQUE (ticket_id, version)
);
CREATE TABLE policies (
	id INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	text TEXT NOT NULL, 
	overrides JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_policies PRIMARY KEY (id), 
	CONSTRAINT uq_policies_digest UNIQUE (digest)
);
INSERT INTO "policies" VALUES(1,'44d893863d18374ef3b8e373f9353aeed53d30bd62a2d41814493f7a26a72053','# 应诺 · 服务协议的默认参数 (the default policy of the service agreement)
#
# Written to be read by a lawyer: every limit of the agreement stands here once, with its clause.
# A contract may carry another text of this form; it replaces this one as a whole and is versioned.
# Lengths are a number and one of: minutes, hours, working days, days, weeks, months.
# Minutes and hours run at once; all others are counted by art. 201-204 of the Civil Code.

version = "2026-1"
zone = "Asia/Shanghai"

# §3 服务承诺: how long each promise may take. plan-step (维护方案的每一步) has no length: it is due at its own date.
[terms]
fault-response = "10 minutes"          # 故障: a person''s acknowledgement, from the user''s report
fault-resolution = "2 hours"           # 故障: resolved, or a detailed solution with a schedule handed over
urgent-dispatch = "1 hour"             # 紧急: a technician has been sent (派出)
urgent-contingency = "1 working day"   # 紧急: 应急预案 handed over
urgent-fix-plan = "3 working days"     # 紧急: 软件修改方案 handed over
usability = "1 week"                   # 易用性: done
performance = "1 month"                # 性能, where review finds that the software causes it: done
in-scope = "1 week"                    # 范围内功能: the source says "promptly"; a week is our reading
custom-understand = "2 working days"   # 个性化需求: needs understood and 出方案
custom-reply = "5 working days"        # 个性化需求: 答复 or 出方案
custom-start = "1 week"                # 个性化需求: 开工, from 同意方案
consultation-answer = "10 minutes"     # 咨询: a person''s answer

# §3, column A/H: these two are the vendor''s own targets: watched and reported, never booked as a breach.
# Missing any other promise is a breach of the agreement.
[house]
targets = ["in-scope", "consultation-answer"]

# §3 Money: what the customer may deduct from the quality deposit (质保金) for each missed urgent response.
[penalty]
promises = ["urgent-dispatch"]
yuan = "500.00"

# §3 Moving a due time: waiting for the customer pauses nothing. Promises named here would pause while waiting.
[waiting]
pauses = []

# The ladder while a promise runs out: at so many percent of its time, who is told.
[[ladder.rungs]]
stage = "half"
percent = 50
tells = ["assignee_or_on_duty"]

[[ladder.rungs]]
stage = "eighty"
percent = 80
tells = ["next_engineer", "lead"]

[[ladder.rungs]]
stage = "due"
percent = 100
tells = ["lead", "desk"]

[[ladder.rungs]]
stage = "twice"
percent = 200
tells = ["manager"]

# After the last rung: once a day until acknowledged. Nobody on duty when a matter comes: these at once, beside the desk.
[ladder]
daily = ["manager"]
nobody_on_duty = ["lead"]

# The last rung rings: whoever is told at these stages is called by phone besides, where the installation has a voice
# provider, and acknowledges by a key. No key pressed: again after these minutes, so often in all.
[voice]
stages = ["twice"]
tries = 3
again_minutes = 5

# §2 and §3: days and minutes of the procedure. Objection days are counted by the Civil Code;
# the other days run to the same hour.
[limits]
objection_working_days = 5         # §2: a receipt (客户回执) may be objected to
silence_closes_days = 7            # 办结 by the customer''s silence, after the opinion was asked
opinion_reminder_days = [1, 3]     # reminders of the opinion before that
reopen_days = 30                   # 没解决 after 已办结 opens a new round
nudge_minutes = 10                 # 催办 at most this often
acknowledgement_expires_hours = 24 # an acknowledgement without movement while a promise presses; the ladder goes on
low_mark = 2                       # an opinion this low or lower alarms the lead and asks for a call
# These five count before anybody knows under whose contract a message is written: no contract has its own.
draft_silence_minutes = 3          # §3 Start: a draft that states the matter is filed after this silence
photo_joins_minutes = 10           # a photo this soon after the last word on a ticket belongs to it
message_age_days = 1               # an older message counts from its receipt
dialog_expires_days = 1            # a question without an answer is put away
talk_waits_minutes = 10            # 转人工 that nobody takes over: told again, to more of the house, so often

# §3 Periods.
[periods]
warranty_days = 365                # from acceptance; every full 365 days are one year by the date
on_site_years = 5                  # on-site maintenance, from delivery
deposit_days = 365                 # what is left of the 质保金 is due back then, from acceptance
ending_reminder_days = [60, 30, 7] # school, desk and lead are reminded so many days before each of them ends

# §3 Keeping in touch, and the follow-ups by default.
[follow_up]
after_closing_working_days = 3     # the reporter, so long after 已办结
every_months = 3                   # the representative, so often from January on: 1, 2, 3, 4, 6 or 12
follow_up_hour = 10                # at this hour of the day
every_nth_by_phone = 0             # 0: an answer in chat (在线回访) is enough
answer_working_days = 2            # no answer in chat for so long: somebody calls
call_tries = 3                     # 未接: again on the next working day, so often; then the desk decides

# What the desk sends by itself, at these hours of the day; moved by days off, never moving a promise.
[digests]
morning_hour = 8                   # each engineer on duty: what is open
weekly_weekday = 1                 # the leads: 1 is Monday, 7 is Sunday
weekly_hour = 9
monthly_hour = 10                  # the representative, on the first working day of the month

# A span with nobody on duty is told to lead and desk so long ahead, each once; the longest first, a day is 24 hours.
# Rosters belong to no school: no contract has its own.
[rosters]
gap_warned_before = ["7 days", "1 day", "1 hour"]

# When the desk calls or writes of its own accord: follow-ups and digests wait for these hours of a working day,
# outside the school''s breaks. No promise waits for them: the hotline is 365 x 24.
[desk]
opens = "08:30"
closes = "18:00"

# §2, step 5, and the office''s rules for an archive (DA/T 13): 档号 is 全宗号-类别·年度·期限-件号, for example
# YN01-ZY·SH·2026·D10-0001; the customer''s own scheme goes before ours.
[archive]
fonds = "YN01"                     # 全宗号: four characters
category = "ZY·SH"                 # 类别号: 专业·售后
term = "D10"                       # 保管期限: Y 永久, D and years, counted from 1 January after the end
longer_term = "D30"                # for the cases named next
longer_for = ["paid", "breach", "urgent", "acceptance"]
secrecy = "内部"                   # 密级
after_contract_years = 3           # never shorter than the contract''s end and so many years
','{}','2026-11-23 06:00:00.000000');
CREATE TABLE project_engineers (
	project_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	CONSTRAINT pk_project_engineers PRIMARY KEY (project_id, person_id), 
	CONSTRAINT fk_project_engineers_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_project_engineers_project_id_projects FOREIGN KEY(project_id) REFERENCES projects (id)
);
CREATE TABLE projects (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_projects PRIMARY KEY (id), 
	CONSTRAINT fk_projects_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id)
);
INSERT INTO "projects" VALUES(1,1,'第一中学');
INSERT INTO "projects" VALUES(2,2,'第二中学');
CREATE TABLE promises (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	promise TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	"plan" INTEGER NOT NULL, 
	policy_id INTEGER NOT NULL, 
	calendar_edition TEXT NOT NULL, 
	segments TEXT NOT NULL, 
	state TEXT NOT NULL, 
	started_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	is_provisional BOOLEAN NOT NULL, 
	stage TEXT NOT NULL, 
	next_alarm_at DATETIME, 
	failures INTEGER NOT NULL, booked_at DATETIME, is_known BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_promises PRIMARY KEY (id), 
	CONSTRAINT fk_promises_policy_id_policies FOREIGN KEY(policy_id) REFERENCES policies (id), 
	CONSTRAINT fk_promises_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_promises_ticket_id_promise_round_plan_step UNIQUE (ticket_id, promise, round, "plan", step)
);
INSERT INTO "promises" VALUES(1,1,'fault-response',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 1}, {"kind": "kept", "at": "2026-11-23T06:00:00+00:00", "by": "acknowledged", "event": 3}]','kept','2026-11-23 06:00:00.000000','2026-11-23 06:10:00.000000',0,'',NULL,0,NULL,0);
INSERT INTO "promises" VALUES(2,1,'fault-resolution',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 1}]','running','2026-11-23 06:00:00.000000','2026-11-23 08:00:00.000000',0,'','2026-11-23 07:00:00.000000',0,NULL,0);
INSERT INTO "promises" VALUES(3,2,'fault-response',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 4}, {"kind": "kept", "at": "2026-11-23T06:00:00+00:00", "by": "acknowledged", "event": 6}]','kept','2026-11-23 06:00:00.000000','2026-11-23 06:10:00.000000',0,'',NULL,0,NULL,0);
INSERT INTO "promises" VALUES(4,2,'fault-resolution',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 4}]','running','2026-11-23 06:00:00.000000','2026-11-23 08:00:00.000000',0,'','2026-11-23 07:00:00.000000',0,NULL,0);
INSERT INTO "promises" VALUES(5,2,'urgent-dispatch',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 7}]','running','2026-11-23 06:00:00.000000','2026-11-23 07:00:00.000000',0,'','2026-11-23 06:30:00.000000',0,NULL,0);
INSERT INTO "promises" VALUES(6,2,'urgent-contingency',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 7}]','running','2026-11-23 06:00:00.000000','2026-11-24 16:00:00.000000',0,'','2026-11-23 23:00:00.000000',0,NULL,0);
INSERT INTO "promises" VALUES(7,2,'urgent-fix-plan',1,0,0,1,'chinesecalendar 1.11.0, 2024-2026','[{"kind": "started", "at": "2026-11-23T06:00:00+00:00", "event": 7}]','running','2026-11-23 06:00:00.000000','2026-11-26 16:00:00.000000',0,'','2026-11-24 23:00:00.000000',0,NULL,0);
CREATE TABLE record_editions (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	form_number TEXT NOT NULL, 
	form_version TEXT NOT NULL, 
	content TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	left_open JSON NOT NULL, 
	pages INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	author_id INTEGER, 
	event_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, print_digest TEXT DEFAULT '' NOT NULL, print_faults JSON, 
	CONSTRAINT pk_record_editions PRIMARY KEY (id), 
	CONSTRAINT fk_record_editions_author_id_people FOREIGN KEY(author_id) REFERENCES people (id), 
	CONSTRAINT fk_record_editions_event_id_events FOREIGN KEY(event_id) REFERENCES events (id), 
	CONSTRAINT fk_record_editions_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_record_editions_ticket_id_record_attempt_edition UNIQUE (ticket_id, record, attempt, edition)
);
INSERT INTO "record_editions" VALUES(1,1,'客户咨询/反馈登记表',1,'ZXFK-2026-000001',1,'YN-QR-01','A/0','{"attempt":1,"case":"ZXFK-2026-000001","cells":{"answer":{"text":"接单"},"answered_at":{"text":"2026-11-23 14:00"},"answered_by":{"text":"李工"},"attached":{"blank":"nothing"},"contact":{"text":"刘主任"},"contract":{"blank":"not_applicable"},"kind":{"chosen":["fault"],"note":""},"passed_to":{"text":"项目维护组 李工"},"phone":{"text":"13800000002"},"place":{"text":"教务系统"},"position":{"text":"校方代表"},"project":{"text":"第一中学"},"promises":{"rows":[["故障响应","2026-11-23 14:00","2026-11-23 14:10"],["故障解决或出方案","2026-11-23 14:00","2026-11-23 16:00"]]},"registered_at":{"text":"2026-11-23 14:00"},"registered_by":{"text":"系统自动登记"},"reported_at":{"text":"2026-11-23 14:00"},"school":{"text":"第一中学"},"text":{"text":"教务系统导不出成绩单"},"urgency":{"chosen":["normal"],"note":""},"way":{"chosen":["web"],"note":""},"wish":{"blank":"not_applicable"}},"form":["YN-QR-01","A/0"],"number":"ZXFK-2026-000001","record":"客户咨询/反馈登记表","secrecy":"内部","vendor":"应诺服务台"}','0253cd9c6cb671bdf80eefaf0dc49e148f95e0d8f147cc8be07ad5f3e1cc19b6','[]',1,'',4,3,'2026-11-23 06:00:00.000000','fcce7a4b121fbb9733556ebdeabae5961fe227fc4496a2e4537787d73be15103','["no_qr"]');
INSERT INTO "record_editions" VALUES(2,2,'客户咨询/反馈登记表',1,'ZXFK-2026-000002',1,'YN-QR-01','A/0','{"attempt":1,"case":"ZXFK-2026-000002","cells":{"answer":{"text":"接单"},"answered_at":{"text":"2026-11-23 14:00"},"answered_by":{"text":"张工"},"attached":{"blank":"nothing"},"contact":{"text":"孙老师"},"contract":{"blank":"not_applicable"},"kind":{"chosen":["fault"],"note":""},"passed_to":{"text":"项目维护组 张工"},"phone":{"text":"13800000003"},"place":{"text":"201教室 打印机"},"position":{"text":"老师"},"project":{"text":"第二中学"},"promises":{"rows":[["故障响应","2026-11-23 14:00","2026-11-23 14:10"],["故障解决或出方案","2026-11-23 14:00","2026-11-23 16:00"]]},"registered_at":{"text":"2026-11-23 14:00"},"registered_by":{"text":"系统自动登记"},"reported_at":{"text":"2026-11-23 14:00"},"school":{"text":"第二中学"},"text":{"text":"201教室的打印机卡纸"},"urgency":{"chosen":["normal"],"note":""},"way":{"chosen":["web"],"note":""},"wish":{"blank":"not_applicable"}},"form":["YN-QR-01","A/0"],"number":"ZXFK-2026-000002","record":"客户咨询/反馈登记表","secrecy":"内部","vendor":"应诺服务台"}','049565e69bf6d9e4d78b9e871d6b34ad9713925cbd5584bf37918dd48533f57f','[]',1,'',5,6,'2026-11-23 06:00:00.000000','251f2179568ad66b7e1bbd50085dcab308050d9ebc1234602e7860f3ff481232','["no_qr"]');
INSERT INTO "record_editions" VALUES(3,2,'客户咨询/反馈登记表',1,'ZXFK-2026-000002',2,'YN-QR-01','A/0','{"attempt":1,"case":"ZXFK-2026-000002","cells":{"answer":{"text":"接单"},"answered_at":{"text":"2026-11-23 14:00"},"answered_by":{"text":"张工"},"attached":{"blank":"nothing"},"contact":{"text":"孙老师"},"contract":{"blank":"not_applicable"},"kind":{"chosen":["fault"],"note":""},"passed_to":{"text":"项目维护组 张工"},"phone":{"text":"13800000003"},"place":{"text":"201教室 打印机"},"position":{"text":"老师"},"project":{"text":"第二中学"},"promises":{"rows":[["故障响应","2026-11-23 14:00","2026-11-23 14:10"],["故障解决或出方案","2026-11-23 14:00","2026-11-23 16:00"],["紧急派出","2026-11-23 14:00","2026-11-23 15:00"],["应急预案","2026-11-23 14:00","2026-11-24 24:00"],["软件修改方案","2026-11-23 14:00","2026-11-26 24:00"]]},"registered_at":{"text":"2026-11-23 14:00"},"registered_by":{"text":"系统自动登记"},"reported_at":{"text":"2026-11-23 14:00"},"school":{"text":"第二中学"},"text":{"text":"201教室的打印机卡纸"},"urgency":{"chosen":["urgent"],"note":"未说明、未说明"},"way":{"chosen":["web"],"note":""},"wish":{"blank":"not_applicable"}},"form":["YN-QR-01","A/0"],"number":"ZXFK-2026-000002","record":"客户咨询/反馈登记表","secrecy":"内部","vendor":"应诺服务台"}','e55ad1da81cfb630c7d4810b5e221363e7cd7c2a6ec251639e12ad303c5e3bca','[]',1,'声明紧急',3,7,'2026-11-23 06:00:00.000000','985355ed911928edf4c501073fc0c81ccfd04de2f4777c903306da153551b62f','["no_qr"]');
CREATE TABLE reminders (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	about INTEGER NOT NULL, 
	due_at DATETIME NOT NULL, 
	done_at DATETIME, failures INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_reminders PRIMARY KEY (id), 
	CONSTRAINT fk_reminders_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_reminders_ticket_id_round_name_about UNIQUE (ticket_id, round, name, about)
);
INSERT INTO "reminders" VALUES(1,1,1,'acknowledgement_expires',0,'2026-11-24 06:00:00.000000',NULL,0);
INSERT INTO "reminders" VALUES(2,2,1,'acknowledgement_expires',0,'2026-11-24 06:00:00.000000',NULL,0);
CREATE TABLE residents (
	id INTEGER NOT NULL, 
	project_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	title TEXT NOT NULL, 
	witness TEXT NOT NULL, 
	witness_phone TEXT NOT NULL, 
	since_on DATE NOT NULL, 
	until_on DATE, 
	CONSTRAINT pk_residents PRIMARY KEY (id), 
	CONSTRAINT fk_residents_project_id_projects FOREIGN KEY(project_id) REFERENCES projects (id), 
	CONSTRAINT fk_residents_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE reviews (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	reviewer_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_reviews PRIMARY KEY (id), 
	CONSTRAINT fk_reviews_reviewer_id_people FOREIGN KEY(reviewer_id) REFERENCES people (id), 
	CONSTRAINT fk_reviews_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE rings (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	promise TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_rings PRIMARY KEY (id), 
	CONSTRAINT fk_rings_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_rings_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_rings_ticket_id_round_promise_person_id UNIQUE (ticket_id, round, promise, person_id)
);
INSERT INTO "rings" VALUES(1,1,1,'',4,'routing.equal','2026-11-23 06:00:00.000000');
INSERT INTO "rings" VALUES(2,2,1,'',5,'routing.lowest_load','2026-11-23 06:00:00.000000');
CREATE TABLE rooms (
	id INTEGER NOT NULL, 
	school_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	aliases JSON NOT NULL, 
	code TEXT NOT NULL, 
	CONSTRAINT pk_rooms PRIMARY KEY (id), 
	CONSTRAINT fk_rooms_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT uq_rooms_code UNIQUE (code), 
	CONSTRAINT uq_rooms_school_id_name UNIQUE (school_id, name)
);
INSERT INTO "rooms" VALUES(1,1,'302教室','["302", "\u4e09\u697c302"]','demo-room-302');
INSERT INTO "rooms" VALUES(2,1,'机房','[]','demo-room-lab');
INSERT INTO "rooms" VALUES(3,1,'图书馆','["\u9605\u89c8\u5ba4"]','demo-room-library');
INSERT INTO "rooms" VALUES(4,1,'5号楼','[]','demo-room-5');
INSERT INTO "rooms" VALUES(5,2,'201教室','["201"]','demo-room-201');
INSERT INTO "rooms" VALUES(6,2,'多媒体教室','[]','demo-room-media');
CREATE TABLE roster_gaps (
	id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	stage TEXT NOT NULL, 
	next_at DATETIME, 
	found_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	CONSTRAINT pk_roster_gaps PRIMARY KEY (id)
);
CREATE TABLE rotations (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	project_id INTEGER, 
	members JSON NOT NULL, 
	first_at DATETIME NOT NULL, 
	turn_hours INTEGER NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_rotations PRIMARY KEY (id), 
	CONSTRAINT uq_rotations_name UNIQUE (name), 
	CONSTRAINT fk_rotations_project_id_projects FOREIGN KEY(project_id) REFERENCES projects (id)
);
CREATE TABLE school_breaks (
	id INTEGER NOT NULL, 
	school_id INTEGER, 
	name TEXT NOT NULL, 
	first_on DATE NOT NULL, 
	last_on DATE NOT NULL, 
	CONSTRAINT pk_school_breaks PRIMARY KEY (id), 
	CONSTRAINT fk_school_breaks_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id)
);
CREATE TABLE schools (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_schools PRIMARY KEY (id), 
	CONSTRAINT uq_schools_name UNIQUE (name)
);
INSERT INTO "schools" VALUES(1,'第一中学','2026-11-23 06:00:00.000000');
INSERT INTO "schools" VALUES(2,'第二中学','2026-11-23 06:00:00.000000');
CREATE TABLE secrets (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	generation INTEGER NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_secrets PRIMARY KEY (name)
);
CREATE TABLE shifts (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, rotation_id INTEGER, origin TEXT DEFAULT '' NOT NULL, handed_over_at DATETIME, 
	CONSTRAINT pk_shifts PRIMARY KEY (id), 
	CONSTRAINT fk_shifts_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "shifts" VALUES(1,4,'2026-11-22 06:00:00.000000','2036-11-20 06:00:00.000000',NULL,'',NULL);
INSERT INTO "shifts" VALUES(2,5,'2026-11-22 06:00:00.000000','2036-11-20 06:00:00.000000',NULL,'',NULL);
CREATE TABLE sign_ins (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	resident_id INTEGER, 
	at DATETIME NOT NULL, 
	spot JSON NOT NULL, 
	CONSTRAINT pk_sign_ins PRIMARY KEY (id), 
	CONSTRAINT fk_sign_ins_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_sign_ins_resident_id_residents FOREIGN KEY(resident_id) REFERENCES residents (id)
);
CREATE TABLE swaps (
	id INTEGER NOT NULL, 
	shift_id INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	to_id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	asked_at DATETIME NOT NULL, 
	answered_at DATETIME, 
	answer TEXT NOT NULL, next_at DATETIME, 
	CONSTRAINT pk_swaps PRIMARY KEY (id), 
	CONSTRAINT fk_swaps_from_id_people FOREIGN KEY(from_id) REFERENCES people (id), 
	CONSTRAINT fk_swaps_to_id_people FOREIGN KEY(to_id) REFERENCES people (id)
);
CREATE TABLE taken_in (
	id INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	vendor TEXT NOT NULL, 
	head TEXT NOT NULL, 
	cases JSON NOT NULL, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_taken_in PRIMARY KEY (id), 
	CONSTRAINT uq_taken_in_sha256 UNIQUE (sha256)
);
CREATE TABLE talks (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	desk_id INTEGER, 
	opened_at DATETIME NOT NULL, 
	taken_at DATETIME, 
	ended_at DATETIME, 
	words JSON NOT NULL, next_at DATETIME, told INTEGER DEFAULT '0' NOT NULL, reported_at DATETIME, 
	CONSTRAINT pk_talks PRIMARY KEY (id), 
	CONSTRAINT fk_talks_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_talks_desk_id_people FOREIGN KEY(desk_id) REFERENCES people (id), 
	CONSTRAINT fk_talks_person_id_people FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE tests (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	environment TEXT NOT NULL, 
	cases TEXT NOT NULL, 
	result TEXT NOT NULL, 
	tester_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_tests PRIMARY KEY (id), 
	CONSTRAINT fk_tests_tester_id_people FOREIGN KEY(tester_id) REFERENCES people (id), 
	CONSTRAINT fk_tests_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE "tickets" (
	id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	school_id INTEGER, 
	contract_id INTEGER, 
	policy_id INTEGER NOT NULL, 
	reporter_id INTEGER, 
	reporter_account_id INTEGER, 
	channel TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	place TEXT NOT NULL, 
	system TEXT NOT NULL, 
	room_id INTEGER, 
	reported_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	registered_at DATETIME NOT NULL, 
	is_unconfirmed BOOLEAN NOT NULL, 
	is_urgent BOOLEAN NOT NULL, 
	urgent_at DATETIME, 
	cause TEXT NOT NULL, 
	harm TEXT NOT NULL, 
	waiting TEXT NOT NULL, 
	assignee_id INTEGER, 
	round INTEGER NOT NULL, 
	round_acknowledged BOOLEAN NOT NULL, 
	is_deep BOOLEAN NOT NULL, 
	opinion TEXT NOT NULL, 
	objection_until_at DATETIME, 
	objection_settled BOOLEAN NOT NULL, 
	nudged_at DATETIME, 
	closed_at DATETIME, 
	merged_into_id INTEGER, 
	follows_id INTEGER, 
	search TEXT NOT NULL, 
	updated_at DATETIME NOT NULL, 
	tested_round INTEGER DEFAULT '0' NOT NULL, 
	urgency_said_at DATETIME, 
	said_kind TEXT DEFAULT ('') NOT NULL, 
	records_due_at DATETIME, 
	rung_id INTEGER, request TEXT DEFAULT '' NOT NULL, aware_round INTEGER DEFAULT '0' NOT NULL, is_complaint BOOLEAN DEFAULT 0 NOT NULL, was_urgent BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_tickets PRIMARY KEY (id), 
	CONSTRAINT uq_tickets_ordinal UNIQUE (ordinal), 
	CONSTRAINT fk_tickets_assignee_id_people FOREIGN KEY(assignee_id) REFERENCES people (id), 
	CONSTRAINT fk_tickets_merged_into_id_tickets FOREIGN KEY(merged_into_id) REFERENCES tickets (id), 
	CONSTRAINT fk_tickets_policy_id_policies FOREIGN KEY(policy_id) REFERENCES policies (id), 
	CONSTRAINT fk_tickets_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id), 
	CONSTRAINT uq_tickets_number UNIQUE (number), 
	CONSTRAINT fk_tickets_reporter_account_id_accounts FOREIGN KEY(reporter_account_id) REFERENCES accounts (id), 
	CONSTRAINT fk_tickets_reporter_id_people FOREIGN KEY(reporter_id) REFERENCES people (id), 
	CONSTRAINT fk_tickets_school_id_schools FOREIGN KEY(school_id) REFERENCES schools (id), 
	CONSTRAINT fk_tickets_follows_id_tickets FOREIGN KEY(follows_id) REFERENCES tickets (id), 
	CONSTRAINT fk_tickets_contract_id_contracts FOREIGN KEY(contract_id) REFERENCES contracts (id), 
	CONSTRAINT fk_tickets_rung_id_people FOREIGN KEY(rung_id) REFERENCES people (id)
);
INSERT INTO "tickets" VALUES(1,1,'ZXFK-2026-000001',1,1,1,2,2,'web','fault','acknowledged','教务系统导不出成绩单','','教务系统',NULL,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,0,NULL,'','','',4,1,1,0,'',NULL,0,NULL,NULL,NULL,NULL,'教务 务系 系统 统导 导不 不出 出成 成绩 绩单','2026-11-23 06:00:00.000000',0,NULL,'',NULL,4,'',0,0,0);
INSERT INTO "tickets" VALUES(2,2,'ZXFK-2026-000002',2,2,1,3,3,'web','fault','acknowledged','201教室的打印机卡纸','201教室','打印机',NULL,'2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000','2026-11-23 06:00:00.000000',0,1,'2026-11-23 06:00:00.000000','unstated','unstated','',5,1,1,0,'',NULL,0,NULL,NULL,NULL,NULL,'20 01 1教 教室 室的 的打 打印 印机 机卡 卡纸','2026-11-23 06:00:00.000000',0,NULL,'',NULL,5,'',0,0,0);
CREATE TABLE visits (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	departed_at DATETIME NOT NULL, 
	arrived_at DATETIME, 
	place JSON, 
	CONSTRAINT pk_visits PRIMARY KEY (id), 
	CONSTRAINT fk_visits_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_visits_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE voice_calls (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	promise_id INTEGER NOT NULL, 
	stage TEXT NOT NULL, 
	person_id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	tries INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	next_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_voice_calls PRIMARY KEY (id), 
	CONSTRAINT fk_voice_calls_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT fk_voice_calls_promise_id_promises FOREIGN KEY(promise_id) REFERENCES promises (id), 
	CONSTRAINT fk_voice_calls_person_id_people FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_voice_calls_promise_id_stage_person_id UNIQUE (promise_id, stage, person_id)
);
CREATE TABLE voice_events (
	id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_voice_events PRIMARY KEY (id)
);
CREATE TABLE work_orders (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	round INTEGER NOT NULL, 
	plan_id INTEGER, 
	implementer_id INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	done_at DATETIME, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_work_orders PRIMARY KEY (id), 
	CONSTRAINT fk_work_orders_implementer_id_people FOREIGN KEY(implementer_id) REFERENCES people (id), 
	CONSTRAINT fk_work_orders_plan_id_plans FOREIGN KEY(plan_id) REFERENCES plans (id), 
	CONSTRAINT fk_work_orders_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id)
);
CREATE TABLE written_requests (
	id INTEGER NOT NULL, 
	ticket_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	author_id INTEGER, 
	at DATETIME NOT NULL, 
	answer TEXT NOT NULL, 
	answered_at DATETIME, 
	answered_by INTEGER, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_written_requests PRIMARY KEY (id), 
	CONSTRAINT fk_written_requests_answered_by_people FOREIGN KEY(answered_by) REFERENCES people (id), 
	CONSTRAINT fk_written_requests_author_id_people FOREIGN KEY(author_id) REFERENCES people (id), 
	CONSTRAINT fk_written_requests_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), 
	CONSTRAINT uq_written_requests_ticket_id_version UNIQUE (ticket_id, version)
);
CREATE INDEX ix_lanes_next_at ON lanes (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_accounts_person_id ON accounts (person_id);
CREATE INDEX ix_consents_person_id ON consents (person_id);
CREATE INDEX ix_memberships_school_id_role ON memberships (school_id, role);
CREATE INDEX ix_projects_school_id ON projects (school_id);
CREATE INDEX ix_shifts_ends_at ON shifts (ends_at);
CREATE INDEX ix_contracts_school_id ON contracts (school_id);
CREATE INDEX ix_dialogs_expires_at ON dialogs (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX ix_talks_account_id_ended_at ON talks (account_id, ended_at);
CREATE INDEX ix_events_ticket_id_id ON events (ticket_id, id);
CREATE INDEX ix_opinions_ticket_id ON opinions (ticket_id);
CREATE INDEX ix_promises_next_alarm_at ON promises (next_alarm_at) WHERE next_alarm_at IS NOT NULL;
CREATE INDEX ix_reminders_due_at ON reminders (due_at) WHERE done_at IS NULL;
CREATE INDEX ix_reviews_ticket_id ON reviews (ticket_id);
CREATE INDEX ix_visits_ticket_id ON visits (ticket_id);
CREATE INDEX ix_attachments_state_next_at ON attachments (state, next_at);
CREATE INDEX ix_attachments_ticket_id ON attachments (ticket_id);
CREATE INDEX ix_outbox_account_id_id ON outbox (account_id, id);
CREATE INDEX ix_outbox_waiting ON outbox (lane_id, id) WHERE state IN ('queued', 'sending');
CREATE INDEX ix_work_orders_ticket_id ON work_orders (ticket_id);
CREATE INDEX ix_school_breaks_school_id_last_on ON school_breaks (school_id, last_on);
CREATE INDEX ix_leaves_person_id_ends_at ON leaves (person_id, ends_at);
CREATE INDEX ix_swaps_shift_id ON swaps (shift_id);
CREATE INDEX ix_residents_project_id ON residents (project_id);
CREATE INDEX ix_residents_person_id ON residents (person_id);
CREATE INDEX ix_sign_ins_person_id_at ON sign_ins (person_id, at);
CREATE INDEX ix_roster_gaps_next_at ON roster_gaps (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_tests_ticket_id ON tests (ticket_id);
CREATE INDEX ix_findings_ticket_id ON findings (ticket_id);
CREATE INDEX ix_calls_person_id ON calls (person_id);
CREATE INDEX ix_calls_next_at ON calls (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_follow_ups_due_at ON follow_ups (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_follow_ups_ticket_id ON follow_ups (ticket_id);
CREATE INDEX ix_follow_ups_school_id_asked_at ON follow_ups (school_id, asked_at);
CREATE INDEX ix_follow_ups_call_id ON follow_ups (call_id);
CREATE INDEX ix_digests_person_id_kind ON digests (person_id, kind);
CREATE INDEX ix_digests_school_id_kind ON digests (school_id, kind);
CREATE INDEX ix_calendar_editions_next_at ON calendar_editions (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_confirmations_ticket_id ON confirmations (ticket_id);
CREATE INDEX ix_rings_person_id_at ON rings (person_id, at);
CREATE INDEX ix_tickets_records_due_at ON tickets (records_due_at) WHERE records_due_at IS NOT NULL;
CREATE INDEX ix_tickets_assignee_id_state ON tickets (assignee_id, state);
CREATE INDEX ix_tickets_reporter_id_state ON tickets (reporter_id, state);
CREATE INDEX ix_tickets_school_id_state ON tickets (school_id, state);
CREATE INDEX ix_promises_booked ON promises (ticket_id) WHERE booked_at IS NOT NULL;
CREATE INDEX ix_penalties_contract_id ON penalties (contract_id);
CREATE INDEX ix_penalty_steps_penalty_id ON penalty_steps (penalty_id);
CREATE UNIQUE INDEX ix_shifts_rotation_id_starts_at_person_id ON shifts (rotation_id, starts_at, person_id);
CREATE INDEX ix_talks_open ON talks (desk_id) WHERE ended_at IS NULL;
CREATE INDEX ix_chain_ticket_id ON chain (ticket_id);
CREATE INDEX ix_chain_edition_id ON chain (edition_id);
CREATE INDEX ix_shifts_handed_over ON shifts (ends_at) WHERE handed_over_at IS NULL;
CREATE INDEX ix_voice_calls_reference ON voice_calls (reference);
CREATE INDEX ix_voice_calls_next_at ON voice_calls (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_swaps_next_at ON swaps (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_calls_open ON calls (person_id, ticket_id) WHERE done_at IS NULL;
CREATE INDEX ix_earlier_selves_became_id ON earlier_selves (became_id);
CREATE INDEX ix_outbox_stopped ON outbox (state) WHERE state IN ('unsure', 'set_aside');
CREATE INDEX ix_outbox_question ON outbox (account_id, question) WHERE question != '';
CREATE INDEX ix_outbox_message_id ON outbox (account_id, message_id) WHERE message_id != '';
CREATE INDEX ix_outbox_ticket_id_account_id ON outbox (ticket_id, account_id);
CREATE INDEX ix_tickets_state_id ON tickets (state, id);
CREATE INDEX ix_talks_next_at ON talks (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_followers_person_id ON followers (person_id);
CREATE INDEX ix_following_strangers_account_id ON following_strangers (account_id);
CREATE INDEX ix_inbox_failed ON inbox (id) WHERE state = 'failed';
COMMIT;
